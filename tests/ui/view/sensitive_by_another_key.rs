#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Admin, fields(text))]
pub struct Note {
    #[sensitive(min = Role::Support)]
    text: String,
}

fn main() {}
