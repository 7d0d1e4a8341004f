use secure_api::prelude::*;

#[derive(Resource)]
#[view(NoteView, fields(text))]
pub struct Note {
    text: String,
    owner: String,
}

fn main() {}
