//! Two fields under one name in the same version are one member written twice, and readers of JSON differ in which
//! they take. A rename has the old field until a version and the new one since a later one. This holds at compile
//! time.
//!
//! Wrong: view/name_twice_in_a_version

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(
    #[until(Version::V2)] body = text,
    #[since(Version::V3)] body = owner,
))]
pub struct Note {
    text: String,
    owner: String,
}
