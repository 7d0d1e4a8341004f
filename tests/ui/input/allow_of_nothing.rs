use secure_api::prelude::*;

#[derive(Input)]
struct NewOrder {
    #[input(max_len = 9, allow(read_only, reason = "it was read-only once"))]
    note: String,
    #[input(max_len = 9, allow(plain_secret, reason = ""))]
    token: String,
    #[input(max_len = 9, allow(read_only))]
    owner: String,
    #[input(max_len = 9, allow(anything, reason = "it was always so"))]
    other: String,
}

fn main() {}
