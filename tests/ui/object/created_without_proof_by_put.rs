#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

type New = Created<Order>;

#[put("/orders/{order}/copy", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn create_order(order: Authorized<Order>) -> New {
    Created::at::<get_order>(order.id, order.into_inner())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_order, create_order))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
