//! A value stands in a path, a query or a log as it is. A name with a space, a slash or a quote would have to be
//! escaped there, and what is escaped is sometimes unescaped twice. So names are letters, digits and `-_.`. This
//! holds at compile time.
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
