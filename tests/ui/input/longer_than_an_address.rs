use secure_api::prelude::*;

#[derive(Input)]
struct Contact {
    #[input(max_len = 300)]
    email: Email,
}

fn main() {}
