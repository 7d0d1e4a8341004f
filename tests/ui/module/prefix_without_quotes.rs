#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[routes(prefix = /products, version = Version::V1.., role = Role::Customer)]
mod products {
    use super::*;

    #[delete("/stock")]
    async fn clear() -> NoContent {
        NoContent
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
