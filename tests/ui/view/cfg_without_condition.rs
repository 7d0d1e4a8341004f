#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(#[cfg] text))]
pub struct Note {
    text: String,
}

fn main() {}
