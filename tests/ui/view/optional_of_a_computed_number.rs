#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(#[optional(true)] heading, #[optional] length = Note::length))]
#[view(NoteCard, role = Role::Customer, fields(#[optional] length = Note::length))]
pub struct Note {
    text: String,
    heading: Option<String>,
}

impl Note {
    fn length(&self) -> u32 {
        self.text.len() as u32
    }
}

fn main() {}
