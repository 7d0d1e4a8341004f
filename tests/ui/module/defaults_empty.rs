#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod products {
    use super::*;
    secure_api::defaults! {}

    #[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
    pub async fn list() -> Page<Product> {
        todo!()
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(products::list))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
