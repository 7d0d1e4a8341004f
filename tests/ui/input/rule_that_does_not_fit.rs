use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(range = 1..=9, max_len = 3)]
    quantity: u32,
}

fn main() {}
