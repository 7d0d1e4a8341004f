use secure_api::prelude::*;

#[derive(Input)]
struct NewComment {
    #[input(max_len = 500, depth = 5)]
    text: String,
}

fn main() {}
