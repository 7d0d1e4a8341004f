#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod open {
    use super::*;

    secure_api::defaults! { public = "the sandbox is for everybody", routes(clear) }

    #[delete("/products", version = Version::V1.., acr = "gold")]
    async fn clear() -> NoContent {
        NoContent
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(open))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
