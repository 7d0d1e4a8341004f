//! An app answers for several hosts, and pages of several origins may read its answers: so each is a list, also of one. An
//! origin is named in full, and there is no `*`. This holds at compile time.
//!
//! Wrong: serve/origin_alone

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list() -> Page<Product> {
    Page::new(Vec::new())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

pub fn app() -> secure_api::app::AppBuilder {
    Shop::app().cors(["https://app.example"])
}
