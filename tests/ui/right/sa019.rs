//! An exception names the rule that it is from, so that a reader knows what does not hold here. A misspelt rule
//! would allow nothing, and whoever reads it would believe that it does. The help lists the rules that know
//! exceptions. This holds at compile time.
//!
//! Wrong: route/allow_unknown_rule

use crate::shop::*;
use secure_api::prelude::*;
use secure_api::route::Extractor;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard,
      allow(extractor, reason = "the display sends its model in a header"))]
async fn list_products(_headers: Extractor<axum::http::HeaderMap>) -> Page<Product> {
    todo!()
}
