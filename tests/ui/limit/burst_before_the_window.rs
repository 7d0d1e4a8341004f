#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

#[delete("/products", version = Version::V1.., role = Role::Admin, limit = Limit::per_principal(20).burst(5).per_hour())]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
