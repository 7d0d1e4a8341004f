#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(rename_all = "camelCase")]
#[view(NoteView, role = Role::Customer, fields(first_line, firstLine = body))]
#[view(NoteText, role = Role::Customer, fields("a,b" = body, "first line" = first_line))]
#[view(NoteLine, role = Role::Customer, fields("first-line"))]
#[view(NoteMore, role = Role::Customer, fields(first_line))]
#[view(NoteMost, role = Role::Customer, extends = NoteMore, fields("firstLine" = body))]
pub struct Note {
    first_line: String,
    body: String,
}

#[derive(Resource)]
#[resource(tag = "type", rename_all = "camel")]
#[view(FormView, role = Role::Customer, variants(Plain))]
pub enum Form {
    Plain,
}

#[derive(Resource)]
#[resource(rename_all_fields = "camelCase")]
#[view(LineView, role = Role::Customer, fields(text))]
pub struct Line {
    text: String,
}

fn main() {}
