use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(range = 0..=100, multiple_of = 0)]
    qty: u32,
}

fn main() {}
