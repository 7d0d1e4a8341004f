#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(#[since(Version::V2)] text))]
#[view(NoteDesk, role = Role::Support, extends = NoteView, fields(#[since(Version::V2)] text = owner))]
pub struct Note {
    text: String,
    owner: String,
}

fn main() {}
