#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

pub struct Author {
    pub name: String,
}

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text, author))]
pub struct Note {
    text: String,
    author: Author,
}

fn main() {}
