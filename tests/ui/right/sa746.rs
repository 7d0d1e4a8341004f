//! A caller gets to the next page by a member, or by a `Link`. A bare array has no members, and a `Link` names what a cursor
//! says, which `Paging` reads. This is a mistake of the macro.
//!
//! Wrong: view/page_array_without_links

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., public = "products are on public display", view = ProductCard,
      limit = Limit::per_address(60).per_minute(), page(array, links))]
pub async fn list_products(paging: Paging<u32>) -> Page<Product> {
    Page::paged(&paging, Vec::new(), |_| 1)
}
