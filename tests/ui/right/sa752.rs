//! An order of variants decides nothing where no value fits two. A reason for it would be there still on the day when somebody
//! adds a variant that meets another one, and that mistake would not be told. This holds at compile time.
//!
//! Wrong: input/order_of_variants_that_differ

use secure_api::prelude::*;

#[derive(Input)]
#[input(untagged)]
enum Size {
    Inches(#[input(range = 1..=99)] u8),
    Named(#[input(max_len = 5)] String),
}
