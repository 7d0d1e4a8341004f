#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;

mod products {
    use super::shop::*;
    use secure_api::prelude::*;

    #[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
    pub async fn list() -> Page<Product> {
        todo!()
    }
}

#[api(roles = shop::Role, versions = shop::Version, limit = shop::BROWSE, routes(products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
