use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(pattern = r"\p{L}{5000}")]
    name: String,
}

fn main() {}
