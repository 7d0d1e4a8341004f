#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(key))]
pub struct Note {
    key: Option<Secret<String>>,
}

fn main() {}
