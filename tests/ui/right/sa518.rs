//! A field's name stands in JSON, in queries, in forms and in the pointers of error messages. What can be seen in ASCII stands
//! there alike. A quote, a backslash or a percent sign has to be escaped in one of them, in more than one way, and is read
//! differently somewhere; a space looks like the end of the name. This holds at compile time.
//!
//! Wrong: input/field_name_with_a_space

use secure_api::prelude::*;

#[derive(Input)]
struct Booking {
    #[input(name = "first_name", text, max_len = 80)]
    first_name: String,
}
