#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteAudit, role = Role::Admin, fields(text, owner))]
#[view(NoteView, role = Role::Customer, extends = NoteAudit, fields(id))]
pub struct Note {
    id: u32,
    text: String,
    #[sensitive(Role::Admin)]
    owner: String,
}

fn main() {}
