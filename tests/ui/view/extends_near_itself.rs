#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(Line, role = Role::Customer, fields(text))]
#[view(NoteView, role = Role::Customer, extends = NoteVew, fields(owner))]
#[view(NoteViews, role = Role::Customer, extends = NoteView, fields(place))]
pub struct Note {
    text: String,
    owner: String,
    place: String,
}

fn main() {}
