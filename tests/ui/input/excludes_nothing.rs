use secure_api::prelude::*;

const NOTHING: &str = "";

#[derive(Input)]
struct NewItem {
    #[input(max_len = 30, excludes = NOTHING)]
    name: String,
}

fn main() {}
