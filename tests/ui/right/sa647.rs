//! A `Secret` has no way into an answer: a password or a key that leaves by mistake is as good as given away. So a
//! view does not list it. What a caller is meant to get, as a new key that is shown once, is a text of its own.
//! This holds at compile time.
//!
//! Wrong: view/field_is_secret

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text))]
pub struct Note {
    text: String,
    key: Secret<String>,
}
