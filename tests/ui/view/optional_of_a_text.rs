#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(#[optional] text, heading))]
pub struct Note {
    text: String,
    heading: Option<String>,
}

fn main() {}
