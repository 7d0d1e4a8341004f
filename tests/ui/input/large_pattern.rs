use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(pattern = r"\w{5000}")]
    name: String,
}

fn main() {}
