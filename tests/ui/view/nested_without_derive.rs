#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

pub struct Line {
    text: String,
}

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(lines as OrderSummary))]
pub struct Note {
    lines: Vec<Line>,
}

fn main() {}
