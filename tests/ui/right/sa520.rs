//! Mass assignment is when a caller sets what is not theirs to set: the owner, the role, the balance, the time of creation.
//! Fields with such names are refused in an input. A field that says who may set it is one of theirs; where another one is
//! meant, as in an import, the reason is written beside it. The check knows names, by their last words, and not meanings,
//! so it finds the usual ones; that other fields stay out is what listing them is for. This holds at compile time.
//!
//! Wrong: input/owner_sent_by_the_caller

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct NoteChange {
    #[input(text, max_len = 500)]
    pub text: Option<String>,
    #[input(role = Role::Support)]
    pub verified: Option<bool>,
}
