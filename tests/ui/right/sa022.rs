//! An extractor of axum's reads the request past everything that is checked here: no bounds, no schema in the
//! document, no strict decoding. That can be right, for a header that nothing of ours reads. Then the route says
//! why, and the reason stands in the inventory where a review finds it. This holds at compile time.
//!
//! Wrong: route/extractor_without_allow

use crate::shop::*;
use secure_api::prelude::*;
use secure_api::route::Extractor;

#[get("/products", version = Version::V1.., public = "the catalogue is for everybody", view = ProductCard,
      allow(extractor, reason = "the display sends its model in a header"))]
async fn list_products(_headers: Extractor<axum::http::HeaderMap>) -> Page<Product> {
    todo!()
}
