use secure_api::prelude::*;

#[derive(Input)]
struct NewUser {
    #[input(max_length = 120)]
    age: u8,
}

fn main() {}
