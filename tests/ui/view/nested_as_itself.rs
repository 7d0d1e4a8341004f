#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(LineView, role = Role::Customer, fields(text))]
pub struct Line {
    text: String,
}

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(lines as Line))]
pub struct Note {
    lines: Vec<Line>,
}

fn main() {}
