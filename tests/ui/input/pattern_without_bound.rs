use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(pattern = "^[a-z]+$")]
    sku: String,
}

fn main() {}
