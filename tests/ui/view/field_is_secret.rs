#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text, key))]
pub struct Note {
    text: String,
    key: Secret<String>,
}

fn main() {}
