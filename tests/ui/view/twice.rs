#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text))]
#[view(NoteView, role = Role::Admin, fields(text, owner))]
pub struct Note {
    text: String,
    owner: String,
}

fn main() {}
