use secure_api::prelude::*;

const TOP: u32 = 1;

#[derive(Input)]
struct NewItem {
    #[input(range = 5..=TOP)]
    quantity: u32,
}

fn main() {}
