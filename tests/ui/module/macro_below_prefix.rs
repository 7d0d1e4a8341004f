#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

macro_rules! listing {
    ($name:ident) => {
        #[get("/listing", view = ProductCard)]
        async fn $name() -> Page<Product> {
            todo!()
        }
    };
}

#[routes(prefix = "/products", version = Version::V1.., role = Role::Customer)]
mod products {
    use super::*;

    listing!(listing);

    #[get("/", view = ProductCard)]
    async fn list() -> Page<Product> {
        todo!()
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
