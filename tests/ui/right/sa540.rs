//! A list as a whole body is bounded by its type, and so is each item: an input has bounds for its fields, an own value has its
//! own. Text and numbers as they are would be as long as the sender likes. This holds at compile time.
//!
//! Wrong: input/array_of_text

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Value)]
#[value(min_len = 1, max_len = 30)]
struct Tag(String);

#[post("/tags", version = Version::V1.., role = Role::Customer)]
async fn tag(Json(Array(_tags)): Json<Array<Tag, 20>>) -> Accepted {
    Accepted
}
