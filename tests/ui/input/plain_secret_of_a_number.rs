use secure_api::prelude::*;

#[derive(Input)]
pub struct Budget {
    #[input(range = 0..=4096, allow(plain_secret, reason = "it is a count of words"))]
    pub token: u32,
}

fn main() {}
