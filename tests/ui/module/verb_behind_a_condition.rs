#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[routes(prefix = "/products", version = Version::V1.., role = Role::Customer)]
mod products {
    use super::*;

    #[get("/", view = ProductCard)]
    async fn list() -> Page<Product> {
        Page::new(Vec::new())
    }

    #[cfg_attr(all(), get("/best", view = ProductCard))]
    async fn list_best() -> Page<Product> {
        Page::new(Vec::new())
    }
}

fn main() {}
