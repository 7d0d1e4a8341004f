//! Two fields of one name are read from one member of the body: one of them is checked, and the other is used. This
//! holds at compile time. The names that count are those that are sent, after `name = …`.
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
