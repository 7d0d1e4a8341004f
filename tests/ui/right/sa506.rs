//! A range is compared in the type of its field. An end that the type cannot hold would wrap around or never be
//! met, so that the bound that is written is not the one that is checked. This holds at compile time.
//!
//! Wrong: input/range_beyond_type

use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(range = 0..=255)]
    quantity: u8,
}
