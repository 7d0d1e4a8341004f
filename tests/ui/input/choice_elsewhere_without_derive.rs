#[path = "elsewhere/filters.rs"]
mod filters;
#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
struct Sorted {
    then: Option<Order>,
}

use filters::Order;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products(_sorted: Query<Sorted>) -> Page<Product> {
    todo!()
}

fn main() {}
