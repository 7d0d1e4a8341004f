//! Bounds that leave nothing refuse every request. Most often the ends are the wrong way round, or a constant that
//! one of them names was changed. This holds at compile time. The constants are evaluated for it.
//!
//! Wrong: input/empty_range

use secure_api::prelude::*;

const TOP: u32 = 10;

#[derive(Input)]
struct NewItem {
    #[input(range = 5..=TOP)]
    quantity: u32,
}
