//! A port alone does not say who can reach the app: on loopback that is this machine, elsewhere it is others, for whom
//! plaintext is refused. So the address names both. This holds at compile time.
//!
//! Wrong: serve/port_alone

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
    Shop::app().build()?.serve(("127.0.0.1", 8080)).await
}
