use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(range = 1..=100, contains = "1")]
    qty: u32,
}

fn main() {}
