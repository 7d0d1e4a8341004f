#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod products {
    #![deny(dead_code)]
    use super::*;
    secure_api::defaults! { version = Version::V1.., role = Role::Customer, routes(list) }

    #[get("/products", view = ProductCard)]
    async fn list() -> Page<Product> {
        todo!()
    }

    #[get("/products/all", view = ProductCard)]
    async fn all() -> Page<Product> {
        todo!()
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
