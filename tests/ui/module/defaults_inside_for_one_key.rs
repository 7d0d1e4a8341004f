#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[routes(prefix = "/products", version = Version::V1..)]
mod products {
    use super::*;

    #[get("/", view = ProductCard)]
    async fn list() -> Page<Product> {
        todo!()
    }

    secure_api::defaults! { role = Role::Customer }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
