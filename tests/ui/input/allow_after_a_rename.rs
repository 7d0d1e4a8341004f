use secure_api::prelude::*;

#[derive(Input)]
struct Import {
    // It was `owner` once.
    #[input(max_len = 30, allow(read_only, reason = "an import keeps the owner"))]
    customer: String,
}

fn main() {}
