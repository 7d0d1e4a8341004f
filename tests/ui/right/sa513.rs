//! An open end is an end that nobody thought about: the greatest value of the type, which is never what a shop
//! means. Both ends are written, and both stand in the OpenAPI document. This holds at compile time.
//!
//! Wrong: input/open_range

use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(range = 1..=100)]
    quantity: u32,
}
