#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text, by = owner))]
pub struct Note {
    text: String,
    #[sensitive(Role::Admin)]
    owner: String,
}

fn main() {}
