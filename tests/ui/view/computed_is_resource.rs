#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text, order = Note::order))]
pub struct Note {
    text: String,
}

impl Note {
    fn order(&self) -> Vec<Order> {
        Vec::new()
    }
}

fn main() {}
