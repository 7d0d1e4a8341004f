//! A rule that means nothing for a type would be ignored, and whoever wrote it would believe that it holds. A
//! number has no length, and a text has no range. This holds at compile time.
//!
//! Wrong: input/rule_that_does_not_fit

use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(range = 1..=9)]
    quantity: u32,
}
