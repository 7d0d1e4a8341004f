use secure_api::prelude::*;

#[derive(Input)]
struct NewOrder {
    #[input(one_of = [1, 5, 256])]
    priority: u8,
}

fn main() {}
