#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod products {
    use super::*;

    secure_api::defaults! { prefix = "/products", version = Version::V1.., role = Role::Admin, routes(clear) }

    #[delete("/")]
    async fn clear() -> NoContent {
        NoContent
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(products),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
