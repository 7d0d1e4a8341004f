#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[delete("/products", version = Version::V1.., role = Role::Customer, deprecated(since = "2026-06-01", instead = clear_all))]
async fn clear() -> NoContent {
    NoContent
}

#[delete("/all-products", version = Version::V1.., role = Role::Customer, deprecated(since = "2026-06-01", instead = clear))]
async fn clear_all() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, allow(unused_role, reason = "a part of a larger API"), limit = BROWSE, routes(clear, clear_all))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
