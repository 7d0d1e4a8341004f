//! `#[value(key)]` says of a type that it finds an object which belongs to somebody. Only such a type is an `Object::Key`:
//! so every key is one segment of a path, and the compiler knows one where it does not belong, as in the body of a request.
//!
//! Wrong: object/key_without_mark

use secure_api::prelude::*;

#[derive(Value, Clone, Copy)]
#[value(key, range = 1..=1000)]
pub struct NoteId(u32);
