#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/orders/{order}/copies", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn copy_order(order: Authorized<Order>) -> CreatedWith<Array<Order, 1>> {
    CreatedWith(Array(vec![order.into_inner()]))
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(copy_order))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
