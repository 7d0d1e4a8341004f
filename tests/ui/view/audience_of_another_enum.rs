#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Role)]
pub enum Staff {
    Clerk,
}

#[derive(Resource)]
#[view(NoteView, role = Staff::Clerk, fields(text))]
pub struct Note {
    text: String,
}

#[get("/notes", version = Version::V1.., role = Role::Customer, view = NoteView)]
async fn list_notes() -> Page<Note> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_notes))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
