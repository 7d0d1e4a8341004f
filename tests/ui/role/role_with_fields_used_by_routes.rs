#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

#[derive(Role)]
pub enum Staff {
    Clerk(u8),
    #[role(includes(Clerk))]
    Boss,
}

#[derive(Resource)]
#[view(NoteView, role = Staff::Clerk, fields(text))]
#[view(NoteDesk, role = Staff::Boss, extends = NoteView, fields(author))]
pub struct Note {
    text: String,
    #[sensitive(Staff::Clerk)]
    author: String,
}

#[get("/notes", version = Version::V1.., role = Staff::Clerk, view(Staff::Boss => NoteDesk, _ => NoteView))]
async fn get_note(_caller: Caller<Staff>) -> Option<Note> {
    None
}

#[delete("/notes", version = Version::V1.., role = [Staff::Clerk, Staff::Boss])]
async fn clear() -> NoContent {
    NoContent
}

#[routes(role = Staff::Clerk, version = Version::V1..)]
mod more {
    use super::*;

    #[delete("/more")]
    pub async fn clear() -> NoContent {
        NoContent
    }
}

#[api(roles = Staff, versions = Version, limit = BROWSE, routes(get_note, clear, more))]
pub struct Notes;

fn main() {}
