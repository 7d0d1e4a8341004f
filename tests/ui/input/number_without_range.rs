use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    quantity: u32,
}

fn main() {}
