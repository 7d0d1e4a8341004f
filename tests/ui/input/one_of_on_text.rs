use secure_api::prelude::*;

#[derive(Input)]
struct NewOrder {
    #[input(max_len = 3, one_of = [1, 5])]
    priority: String,
}

fn main() {}
