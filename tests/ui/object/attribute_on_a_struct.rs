#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;

#[object(owner = owner)]
pub struct Note {
    owner: CallerId,
}

fn main() {}
