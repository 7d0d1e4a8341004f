#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(tag = "type")]
#[view(NoteView, role = Role::Customer, fields(text))]
pub struct Note {
    text: String,
}

fn main() {}
