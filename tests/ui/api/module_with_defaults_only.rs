#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod products {
    use secure_api::defaults;

    use super::*;

    defaults! { version = Version::V1.., role = Role::Customer }

    #[get("/products", view = ProductCard)]
    pub async fn list_products() -> Page<Product> {
        todo!()
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
