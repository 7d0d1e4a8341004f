use secure_api::prelude::*;

#[derive(Input)]
struct NewOrder {
    #[input(items = 0..=9, each(one_of = [5, 1, 17]))]
    priorities: Vec<u8>,
}

fn main() {}
