#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text, margin))]
pub struct Note {
    text: String,
    #[cfg(any())]
    margin: u32,
}

fn main() {}
