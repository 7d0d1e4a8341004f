#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, public, fields(text, owner))]
pub struct Note {
    text: String,
    #[sensitive(Role::Support)]
    owner: String,
}

fn main() {}
