use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(pattern = "^[a-z{3}$")]
    sku: String,
}

fn main() {}
