#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/orders/{order}", version = Version::V1.., role = Role::Support | Role::Admin, view = OrderDetail)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

fn main() {}
