use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(range = 0..=256)]
    quantity: u8,
}

fn main() {}
