#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

fn seldom() -> Limit {
    Limit::per_principal(30).per_minute()
}

#[delete("/products", version = Version::V1.., role = Role::Admin, limit = seldom())]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
