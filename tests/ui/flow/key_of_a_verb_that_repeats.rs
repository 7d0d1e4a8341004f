#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail, idempotency_key)]
async fn show(order: Authorized<Order>) -> Authorized<Order> {
    order
}

#[delete("/orders/{order}", version = Version::V1.., role = Role::Customer, idempotency_key)]
async fn remove(order: Authorized<Order>) -> NoContent {
    drop(order);
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(show, remove))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
