#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

#[derive(Role)]
pub enum Staff {
    Clerk,
    #[role(includes(Clrek))]
    Boss,
}

#[derive(Resource)]
#[view(NoteView, role = Staff::Clerk, fields(text))]
#[view(NoteDesk, role = Staff::Boss, extends = NoteView, fields(author))]
pub struct Note {
    text: String,
    author: String,
}

#[get("/notes", version = Version::V1.., role = Staff::Clerk, view(Staff::Boss => NoteDesk, _ => NoteView))]
async fn get_note(_caller: Caller<Staff>) -> Option<Note> {
    None
}

#[api(roles = Staff, versions = Version, limit = BROWSE, routes(get_note))]
pub struct Notes;

fn main() {}
