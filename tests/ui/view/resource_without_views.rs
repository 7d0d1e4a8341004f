#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
pub struct Note {
    pub text: String,
}

#[get("/notes", version = Version::V1.., role = Role::Customer, view = NoteView)]
async fn get_note() -> Option<Note> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_note))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
