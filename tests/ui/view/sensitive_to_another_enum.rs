#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Role)]
pub enum Staff {
    Clerk,
}

#[derive(Resource)]
#[view(NoteView, role = Role::Admin, fields(owner))]
pub struct Note {
    #[sensitive(Staff::Clerk)]
    owner: String,
}

fn main() {}
