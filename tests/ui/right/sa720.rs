//! `since` and `until` are compared with the version of the request, which is of the API's own enum. A version of
//! another enum is not in that order, so the field would be shown, or missing, by accident. This holds at compile
//! time.
//!
//! Wrong: view/field_in_version_of_another_enum

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(#[since(Version::V2)] text))]
pub struct Note {
    text: String,
}

/// Shows a note.
#[get("/note", version = Version::V1.., role = Role::Customer, view = NoteView)]
async fn note() -> Note {
    Note { text: String::new() }
}
