#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(length = Note::length text))]
pub struct Note {
    text: String,
}

impl Note {
    fn length(&self) -> u32 {
        7
    }
}

fn main() {}
