#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::Role;

#[view(NoteView, role = Role::Customer, fields(text))]
#[derive(Resource)]
pub struct Note {
    pub text: String,
}

fn main() {}
