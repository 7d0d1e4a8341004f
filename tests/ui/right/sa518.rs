//! A field's name stands in JSON, in queries and in the pointers of error messages. A name that has to be escaped
//! in one of them is read differently somewhere. This holds at compile time.
//!
//! Wrong: input/field_name_with_a_space

use secure_api::prelude::*;

#[derive(Input)]
struct Booking {
    #[input(name = "first_name", text, max_len = 80)]
    first_name: String,
}
