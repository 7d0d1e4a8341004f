use secure_api::prelude::*;

#[derive(Input)]
enum Payment {
    Card {
        #[input(max_len = 19, allow(plain_secret, reason = "an example is for everybody"))]
        pan: String,
    },
    Invoice,
}

fn main() {}
