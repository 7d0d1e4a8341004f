#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

const BROWSING: Limit = Limit::per_user(600).per_minute().burst(20);

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail, limit = BROWSING)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

fn main() {}
