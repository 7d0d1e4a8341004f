use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(range = 1..)]
    quantity: u32,
}

fn main() {}
