#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text, length = Note::length))]
pub struct Note {
    text: String,
}

impl Note {
    fn length(&self, unit: u32) -> u32 {
        unit
    }
}

fn main() {}
