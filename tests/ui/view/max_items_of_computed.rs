#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text, parts, #[max_items(5)] length = Note::length))]
pub struct Note {
    text: String,
    parts: Vec<String>,
}

impl Note {
    fn length(&self) -> u32 {
        self.parts.len() as u32
    }
}

fn main() {}
