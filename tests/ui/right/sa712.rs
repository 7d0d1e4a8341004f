//! The audience of a view is decided where its fields are listed, by whoever knows what they mean. A view without an
//! audience could be put on any route. `public` is an audience as well, if it is written. This holds at compile time.
//!
//! Wrong: view/no_audience

use crate::shop::Role;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text))]
pub struct Note {
    text: String,
    owner: String,
}
