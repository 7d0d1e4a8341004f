//! A view lists fields of its resource by name. One that is not there cannot be shown, and the help names the
//! closest one that is. This holds at compile time.
//!
//! Wrong: view/field_misspelt

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text, owner))]
pub struct Note {
    text: String,
    owner: String,
}
