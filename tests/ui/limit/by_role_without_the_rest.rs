#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

const FAST: Limit = Limit::per_principal(6000).per_minute();

#[delete("/products", version = Version::V1.., role = Role::Customer, limit(Role::Admin => FAST))]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
