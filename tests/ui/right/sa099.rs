//! `secure-api import` makes a project of an OpenAPI document. What the document does not say, and an attacker would then choose, is a
//! question at its place: here how long a text may be. The answer stands there in its stead. This holds at compile time.
//!
//! Wrong: input/question_of_a_length

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
struct NewNote {
    text: PlainText<500>,
}
