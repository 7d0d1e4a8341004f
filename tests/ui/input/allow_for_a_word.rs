use secure_api::prelude::*;

#[derive(Input)]
pub struct Search {
    #[input(max_len = 80, allow(plain_secret, reason = "x"))]
    pub token: String,
}

fn main() {}
