#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[routes(role = Role::Customer, version = Version::V1.., outage = local(-1))]
mod products {
    use super::*;

    #[get("/products", view = ProductCard)]
    async fn list_products() -> Page<Product> {
        todo!()
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
