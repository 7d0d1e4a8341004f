use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(range = 1..=9, multiple_of = 10)]
    qty: i8,
}

fn main() {}
