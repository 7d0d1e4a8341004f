use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(items = 0..=3, excludes = "x", each(max_len = 5))]
    tags: Vec<String>,
}

fn main() {}
