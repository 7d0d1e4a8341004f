//! Two fields of one name are read from one member of the body: one of them is checked, and the other is used. This
//! holds at compile time. The names that count are those that are sent, after `name = …`.
//!
//! Wrong: input/field_names_alike

use secure_api::prelude::*;

#[derive(Input)]
struct Booking {
    #[input(text, max_len = 80)]
    first_name: String,
    #[input(text, max_len = 80)]
    last_name: String,
}
