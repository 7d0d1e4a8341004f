//! What finds an object, or names something that nobody owns, is one segment of a path: else an object would be created that
//! no URL leads to. A text that is empty, `.` or `..`, or has a `/`, `\`, `?`, `#`, `%` or control character in it is
//! refused as a value of such a type, so each value has an address. It may have at most 255 characters. Of a type that
//! brings its own rules, as an e-mail address, the compiler asks if all its values are segments.
//!
//! Wrong: object/key_of_an_address

use secure_api::prelude::*;

#[derive(Value)]
#[value(key, max_len = 100)]
pub struct Mailbox(String);
