#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text))]
pub struct Note {
    text: String,
}

pub struct Place;

/// Lists notes.
#[get("/notes", version = Version::V1.., role = Role::Customer, view = NoteView)]
async fn list_notes(paging: Paging<Place>) -> Page<Note> {
    let _ = paging;
    Page::new(Vec::new())
}

fn main() {}
