//! A media type beside an answer that has one of its own reads as if it were sent, and it is not. So only a route that answers
//! with bytes states one. This holds at compile time.
//!
//! Wrong: view/sent_media_type_of_a_page

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
pub async fn list() -> Page<Product> {
    Page::new(Vec::new())
}
