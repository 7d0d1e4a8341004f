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
#[view(NoteView, role = Role::Customer, fields(
    #[until(Edition::First)] body = text,
    #[since(Edition::Second)] note = text,
))]
pub struct Note {
    text: String,
}

/// Lists notes.
#[get("/notes", version = Version::V1.., role = Role::Customer, view = NoteView)]
async fn list_notes() -> Page<Note> {
    Page::new(Vec::new())
}

fn main() {}
