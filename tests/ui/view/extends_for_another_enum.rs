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
#[view(NoteDesk, role = Role::Admin, extends = NoteView, fields(owner))]
pub struct Note {
    text: String,
    owner: String,
}

fn main() {}
