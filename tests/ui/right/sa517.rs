//! What comes in is compared with the names of the values. Where two have the same name, the second can never be
//! read, and what is sent as the one arrives as the other. This holds at compile time.
//!
//! Wrong: input/value_names

use secure_api::prelude::*;

#[derive(Value)]
enum Status {
    Paid,
    #[value(name = "settled")]
    Settled,
    #[value(name = "in-transit")]
    InTransit,
}
