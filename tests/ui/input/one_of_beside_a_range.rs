use secure_api::prelude::*;

#[derive(Input)]
struct NewOrder {
    #[input(range = 0..=100, one_of = [1, 5, 17])]
    priority: u8,
}

fn main() {}
