//! A field that is listed twice is one member written twice, and readers of JSON differ in which of the two they
//! take. What the extended view lists is there already. This holds at compile time.
//!
//! Wrong: view/field_twice

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text, owner))]
pub struct Note {
    text: String,
    owner: String,
}
