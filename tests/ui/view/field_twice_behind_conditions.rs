#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(
    #[cfg(not(any()))] text = note,
    #[cfg(all())] text,
))]
pub struct Note {
    text: String,
    note: String,
}

fn main() {}
