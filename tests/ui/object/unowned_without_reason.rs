#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn get_order(_order: Unowned<OrderId>) -> Option<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_order))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
