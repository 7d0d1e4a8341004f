#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::Role;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text))]
pub struct Note<'a> {
    text: &'a str,
}

fn main() {
    let _ = Role::Customer;
}
