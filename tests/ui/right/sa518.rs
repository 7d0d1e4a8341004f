//! A field's name stands in JSON, in queries and in the pointers of error messages. A name that has to be escaped
//! in one of them is read differently somewhere. This holds at compile time.
//!
//! Wrong: input/field_names

use secure_api::prelude::*;

#[derive(Input)]
struct Booking {
    #[input(name = "first_name", max_len = 9)]
    first: String,
    #[input(name = "second", max_len = 9)]
    second: String,
    #[input(max_len = 9)]
    last: String,
    #[input(name = "empty", max_len = 9)]
    empty: String,
}
