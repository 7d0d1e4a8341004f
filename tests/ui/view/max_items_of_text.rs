#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(#[max_items(9)] text, parts))]
pub struct Note {
    text: String,
    parts: Vec<String>,
}

fn main() {}
