//! `build` checks what only the configuration knows, and gives back everything that is wrong. Only what it returns can be
//! served, so that no app starts unchecked. This holds at compile time.
//!
//! Wrong: serve/not_built

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list() -> Page<Product> {
    Page::new(Vec::new())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

pub async fn start() -> Result<(), StartError> {
    Shop::app().build()?.serve("127.0.0.1:8080").await
}
