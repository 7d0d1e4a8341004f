#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteLine, role = Role::Customer, fields(text))]
#[view(NoteView, role = Role::Customer, extends = NoteLien, fields(owner))]
pub struct Note {
    text: String,
    owner: String,
}

fn main() {}
