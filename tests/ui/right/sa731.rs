//! `#[optional]` says that a field is left out of an answer where it is nothing, and the document does not promise it. A field that
//! is always there would be documented as one that may lack, and every client would look for a case that there is not. This
//! holds at compile time.
//!
//! Wrong: view/optional_of_a_text

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text, #[optional] heading))]
pub struct Note {
    text: String,
    heading: Option<String>,
}
