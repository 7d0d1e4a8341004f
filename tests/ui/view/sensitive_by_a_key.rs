#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Admin, fields(text))]
pub struct Note {
    #[sensitive(role = Role::Admin)]
    text: String,
}

fn main() {}
