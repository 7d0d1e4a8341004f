#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, rol = Role::Customer, fields(text))]
pub struct Note {
    text: String,
    owner: String,
}

fn main() {}
