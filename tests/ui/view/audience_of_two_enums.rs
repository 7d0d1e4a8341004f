#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod staff {
    use secure_api::prelude::*;

    #[derive(Role)]
    pub enum Role {
        Auditor,
    }
}

#[derive(Resource)]
#[view(NoteView, role = [Role::Support, staff::Role::Auditor], fields(text))]
#[view(NoteDesk, role = Role::Admin, extends = NoteView, fields(owner))]
pub struct Note {
    text: String,
    #[sensitive(Role::Admin)]
    owner: String,
}

/// Shows a note.
#[get("/note", version = Version::V1.., role = Role::Support, view(Role::Admin => NoteDesk, _ => NoteView))]
async fn note() -> Note {
    Note { text: String::new(), owner: String::new() }
}

#[api(
    roles = Role,
    versions = Version,
    limit = BROWSE,
    allow(unused_role, reason = "a small program"),
    routes(note)
)]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
