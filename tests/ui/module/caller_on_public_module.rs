#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[routes(version = Version::V1.., public = "anybody may look")]
mod products {
    use super::*;

    #[get("/products", view = ProductCard)]
    async fn list(_caller: Caller<Role>) -> Page<Product> {
        todo!()
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
