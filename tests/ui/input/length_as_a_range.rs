use secure_api::prelude::*;

#[derive(Input)]
struct NewName {
    #[input(len = 1..=80)]
    name: String,
}

fn main() {}
