#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

pub const OFTEN: Limit = BROWSE;

mod catalogue {
    use crate::shop::*;
    use secure_api::prelude::*;

    #[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
    async fn list_products() -> Page<Product> {
        todo!()
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(catalogue::list_products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
