#[path = "../shop.rs"]
mod shop;
use shop::*;

mod catalog {
    use secure_api::prelude::*;

    use crate::shop::*;

    secure_api::defaults! { version = Version::V1.., public = "everybody may look", routes(list, stock::count) }

    #[get("/catalog", view = ProductCard, limit = Limit::per_address(60).per_minute())]
    async fn list() -> Page<Product> {
        Page::new(Vec::new())
    }

    mod stock {
        use super::*;

        #[delete("/stock", limit = Limit::per_address(60).per_minute())]
        pub async fn count() -> NoContent {
            NoContent
        }
    }
}

#[secure_api::api(roles = Role, versions = Version, limit = BROWSE, routes(catalog))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
