#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(
    #[until(Version::V2)] body = text,
    #[since(Version::V1)] body = owner,
))]
pub struct Note {
    text: String,
    owner: String,
}

fn main() {}
