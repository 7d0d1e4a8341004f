#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text))]
pub struct Note {
    text: String,
    #[sensitive(Role::Customer)]
    #[sensitive(Role::Admin)]
    margin: u32,
}

fn main() {}
