#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text, text = owner))]
pub struct Note {
    text: String,
    owner: String,
}

fn main() {}
