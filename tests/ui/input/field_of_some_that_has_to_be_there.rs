#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
pub struct OrderChange {
    #[input(text, max_len = 500)]
    pub note: String,
    #[input(role = Role::Admin)]
    pub paid: bool,
}

fn main() {}
