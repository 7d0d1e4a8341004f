use secure_api::prelude::*;

#[derive(Input)]
pub struct Unlock {
    pub card_pin: PlainText<8>,
}

fn main() {}
