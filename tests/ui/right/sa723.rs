//! `max_items` says how many entries a list or map in an answer may have, so that one answer cannot carry a whole
//! table. On a text it would count nothing, and whoever wrote it would believe that there is a bound. With 0 every
//! answer that has an entry would fail. This holds at compile time; how many there are is counted in each answer,
//! and too many are answered by 500.
//!
//! Wrong: view/max_items_of_text

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text, #[max_items(9)] parts))]
pub struct Note {
    text: String,
    parts: Vec<String>,
}
