#[path = "elsewhere/filters.rs"]
mod filters;
#[path = "../shop.rs"]
mod shop;
use filters::{Filter, Order};
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products(_filter: Query<Filter>) -> Page<Product> {
    todo!()
}

fn order() -> Order {
    Order::Newest
}

fn main() {
    order();
}
