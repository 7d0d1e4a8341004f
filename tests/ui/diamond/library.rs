//! A library of routes and views that stands on one version of the crate.

use secure_api::prelude::*;
pub use staff::{Role, Version};

/// A note.
#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text))]
pub struct Note {
    pub text: String,
}

/// Removes all notes.
#[delete("/notes", version = Version::V1.., role = Role::Admin)]
pub async fn clear() -> NoContent {
    NoContent
}
