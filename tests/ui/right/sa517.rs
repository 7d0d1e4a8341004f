//! Input is compared with the names of the values. Where two have the same name, the second can never be read, and what
//! is sent as the one arrives as the other. This holds at compile time.
//!
//! Wrong: input/value_names_alike

use secure_api::prelude::*;

#[derive(Value)]
enum Status {
    #[value(name = "cancelled")]
    Cancelled,
    #[value(name = "withdrawn")]
    Canceled,
}
