#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(id text))]
pub struct Note {
    id: u32,
    text: String,
}

fn main() {}
