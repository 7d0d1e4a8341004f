//! Views that extend each other in a circle have no first one, so nobody can say which fields they show. This holds
//! at compile time. The message stands on one view of the circle.
//!
//! Wrong: view/extends_in_a_circle

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text))]
#[view(NoteMore, role = Role::Customer, extends = NoteView, fields(owner))]
pub struct Note {
    text: String,
    owner: String,
}
