use secure_api::prelude::*;

#[derive(Input)]
struct Booking {
    #[input(name = "first\\name", max_len = 9)]
    first: String,
    #[input(name = "last", max_len = 9)]
    second: String,
    #[input(max_len = 9)]
    last: String,
    #[input(name = "", max_len = 9)]
    empty: String,
}

fn main() {}
