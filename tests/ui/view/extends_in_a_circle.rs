#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, extends = NoteMore, fields(text))]
#[view(NoteMore, role = Role::Customer, extends = NoteView, fields(owner))]
pub struct Note {
    text: String,
    owner: String,
}

fn main() {}
