//! `extends` takes over the fields of another view of the same resource, and its audience is checked against this
//! one. A view that is not there, or of another resource, has no fields here. This holds at compile time.
//!
//! Wrong: view/extends_misspelt

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(NoteLine, role = Role::Customer, fields(text))]
#[view(NoteView, role = Role::Customer, extends = NoteLine, fields(owner))]
pub struct Note {
    text: String,
    owner: String,
}
