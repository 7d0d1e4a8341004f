#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::Role;

#[view(NoteView, role = Role::Customer, fields(text))]
pub struct Note {
    pub text: String,
}

fn main() {}
