//! `reserved("login")` keeps a word out of a type of text, so that a path can have it where others have a key of that type.
//! A word that the type cannot be needs no reservation, and one that no path has would reserve nothing.
//!
//! Wrong: object/reserved_of_a_number

use secure_api::prelude::*;

#[derive(Value)]
#[value(key, pattern = "^[a-z]{3,20}$", reserved("login"))]
pub struct UserName(String);
