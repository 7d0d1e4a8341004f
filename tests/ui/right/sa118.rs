//! A cursor holds where a page ended, sealed, and comes back from the caller. What it holds has to be written and
//! read exactly, so it is a value with bounds, or two or three of them. Anything else could be read differently
//! from how it was written, and rows would be skipped or shown twice. This holds at compile time.
//!
//! Wrong: object/position_of_no_value

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text))]
pub struct Note {
    text: String,
}

#[derive(Value)]
#[value(range = 0..=1_000_000)]
pub struct Place(u64);

/// Lists notes.
#[get("/notes", version = Version::V1.., role = Role::Customer, view = NoteView)]
async fn list_notes(paging: Paging<Place>) -> Page<Note> {
    let _ = paging;
    Page::new(Vec::new())
}
