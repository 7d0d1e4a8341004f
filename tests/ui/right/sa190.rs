//! The key of an object, or of something that nobody owns, is one segment of a path: else an object would be created
//! that no URL leads to. Text that is none, or longer than 255 characters, is refused as a value of such a type,
//! wherever it comes from. Of a type with rules of its own, as an e-mail address, the compiler asks if each value is a
//! segment.
//!
//! Wrong: object/key_of_an_address

use secure_api::prelude::*;

#[derive(Value)]
#[value(key, max_len = 100)]
pub struct Mailbox(String);
