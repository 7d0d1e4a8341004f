use secure_api::prelude::*;

#[derive(Input)]
struct NewOrder {
    note: String,
    quantity: u32,
    tags: Vec<String>,
}

fn main() {}
