use secure_api::prelude::*;

#[derive(Input)]
struct NewOrder {
    #[input(each(max_len = 10))]
    tags: Vec<String>,
}

fn main() {}
