#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Version)]
pub enum Edition {
    First,
    Second,
}

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(#[since(Edition::Second)] text))]
pub struct Note {
    text: String,
}

/// Shows a note.
#[get("/note", version = Version::V1.., role = Role::Customer, view = NoteView)]
async fn note() -> Note {
    Note { text: String::new() }
}

fn main() {}
