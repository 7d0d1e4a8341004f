use secure_api::prelude::*;

#[derive(Input)]
pub struct Search {
    #[input(max_len(80))]
    pub text: String,
}

fn main() {}
