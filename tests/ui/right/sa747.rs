//! A list of hosts that nothing is compared with reads like a decision and is none. So only a route that answers with a
//! `Redirect` has one. This holds at compile time.
//!
//! Wrong: view/redirects_of_a_page

use crate::shop::*;
use secure_api::prelude::*;

#[get("/payments", version = Version::V1.., role = Role::Customer, view = ProductCard)]
pub async fn pay() -> Page<Product> {
    Page::new(Vec::new())
}
