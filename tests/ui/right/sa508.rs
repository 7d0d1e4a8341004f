//! A body is decoded into an input: its fields are listed, unknown ones are refused, and each has bounds. So nobody
//! sets `is_admin` by sending it, which is mass assignment. A struct without the derive lists nothing. This holds
//! at compile time.
//!
//! Wrong: input/body_without_derive

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct Note {
    #[input(text, max_len = 500)]
    pub text: String,
}

#[post("/notes", version = Version::V1.., role = Role::Customer)]
async fn create(_body: Json<Note>) -> Accepted {
    Accepted
}
