//! A number is what somebody counts, pays or allocates with. Without a range a quantity of 4294967295 is as good as
//! 1, and sums overflow. So each number says the smallest and the greatest that makes sense. That the bound is
//! there is checked at compile time; each request is measured against it.
//!
//! Wrong: input/number_without_range

use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(range = 1..=1000)]
    quantity: u32,
}
