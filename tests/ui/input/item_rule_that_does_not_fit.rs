use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(items = 1..=9, each(range = 1..=9, email))]
    quantities: Vec<u32>,
}

fn main() {}
