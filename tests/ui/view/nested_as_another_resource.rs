#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(first = Note::first as Line))]
pub struct Note {
    lines: Vec<Line>,
}

impl Note {
    fn first(&self) -> Option<&Line> {
        self.lines.first()
    }
}

#[derive(Resource)]
#[view(LineView, role = Role::Customer, fields(text))]
#[view(LineDesk, role = Role::Admin, extends = LineView)]
pub struct Line {
    text: String,
}

fn main() {}
