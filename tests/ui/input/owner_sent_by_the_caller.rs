use secure_api::prelude::*;

#[derive(Input)]
pub struct NewNote {
    #[input(text, max_len = 500)]
    pub text: String,
    #[input(text, max_len = 80)]
    pub owner: String,
}

fn main() {}
