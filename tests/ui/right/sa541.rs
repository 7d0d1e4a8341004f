//! The most items come first, then the fewest, which is none where it is not stated. A list that can hold fewer than it needs
//! would refuse every request. This holds at compile time.
//!
//! Wrong: input/array_that_is_full

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(range = 1..=9)]
    qty: u8,
}

#[post("/items", version = Version::V1.., role = Role::Customer)]
async fn add(Json(Array(_items)): Json<Array<NewItem, 50, 20>>) -> Accepted {
    Accepted
}
