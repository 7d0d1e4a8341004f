use secure_api::prelude::*;

#[derive(Input)]
struct NewComment {
    #[input(max_len = 500)]
    text: String,
    #[input(items = 0..=20)]
    answers: Vec<NewComment>,
}

fn main() {}
