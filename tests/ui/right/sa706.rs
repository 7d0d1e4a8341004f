//! `#[sensitive(Role::Admin)]` is a second lock on a field: whoever writes a view later cannot list it for a lower
//! role, by tiredness or by copying. It stands with the field and not with the views, and holds through nested ones
//! too. This holds at compile time.
//!
//! Wrong: view/field_sensitive

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text))]
#[view(NoteAudit, role = Role::Admin, fields(text, owner))]
pub struct Note {
    text: String,
    #[sensitive(Role::Admin)]
    owner: String,
}
