#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[cfg_attr(any(), view(NoteView, role = Role::Customer, fields(text)))]
#[view(NoteSheet, role = Role::Admin, extends = NoteView, fields(margin))]
pub struct Note {
    text: String,
    margin: u32,
}

fn main() {}
