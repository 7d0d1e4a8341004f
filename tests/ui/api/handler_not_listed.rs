#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

mod housekeeping {
    #![deny(dead_code)]
    use crate::shop::*;
    use secure_api::prelude::*;

    #[delete("/products", version = Version::V1.., role = Role::Admin)]
    pub async fn clear() -> NoContent {
        NoContent
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
