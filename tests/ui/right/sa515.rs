//! An enum of values lists what may be sent. One without variants accepts nothing, so every request that carries it
//! would be refused. This holds at compile time.
//!
//! Wrong: input/value_without_values

use secure_api::prelude::*;

#[derive(Value)]
enum Status {
    Open,
    Paid,
}
