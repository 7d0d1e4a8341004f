//! A way out of a rule carries its reason, in the code, where the next review reads it. An empty one says that
//! somebody wanted the route open, and not whether that was thought through or left over from a test. The reason is
//! shown in the inventory too. That there is one is checked at compile time; that it is a good one is for the
//! review.
//!
//! Wrong: role/public_without_reason

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., public = "the catalogue is in the shop window", view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}
