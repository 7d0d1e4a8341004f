#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn get_order(order: Authorized<Order>, _caller: Caller<Rle>) -> Authorized<Order> {
    order
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_order))]
struct Shop;

fn main() {
    drop(Shop::app());
}
