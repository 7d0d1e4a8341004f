//! A field with `role = …` is set by callers who have that role, and a request of anybody else that has it is refused. If
//! it had to be there, nobody else could send the input at all. So it is an `Option`, or a `Patched` where it can be
//! removed, and the others leave it out. This holds at compile time.
//!
//! Wrong: input/field_of_some_that_has_to_be_there

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct OrderChange {
    #[input(text, max_len = 500)]
    pub note: String,
    #[input(role = Role::Admin)]
    pub paid: Option<bool>,
}
