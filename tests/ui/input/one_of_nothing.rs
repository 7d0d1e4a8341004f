use secure_api::prelude::*;

#[derive(Input)]
struct NewOrder {
    #[input(one_of = [])]
    priority: u8,
}

fn main() {}
