use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(max_len = 3, unique)]
    size: String,
}

fn main() {}
