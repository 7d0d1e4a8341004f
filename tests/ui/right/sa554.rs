//! The key `separated` says how a query, a form or an upload writes a list as one text, and `json` that a query or a form has JSON in one
//! text. A body of JSON has lists and objects of its own, a header has commas always, and a cookie has no lists. A rule that nothing
//! enforces would be read as one that is. This holds at compile time.
//!
//! Wrong: input/separator_in_json

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct Marks {
    #[input(items = 0..=5, each(max_len = 20))]
    pub tags: Vec<String>,
}

#[post("/marks", version = Version::V1.., role = Role::Customer)]
async fn mark(_marks: Json<Marks>) -> Accepted {
    Accepted
}
