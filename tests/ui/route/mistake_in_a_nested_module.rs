#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod catalogue {
    pub mod products {
        use crate::shop::*;
        use secure_api::prelude::*;

        #[get("/products", version = Version::V1.., view = ProductCard)]
        pub async fn list_products() -> Page<Product> {
            todo!()
        }
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(catalogue::products::list_products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
