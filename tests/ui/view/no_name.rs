#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::Role;

#[derive(Resource)]
#[view(role = Role::Customer, fields(text))]
pub struct Note {
    text: String,
    owner: String,
}

fn main() {
    let _ = Role::Customer;
}
