#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail,
      allow(cross_site, reason = "partners read this"))]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_order))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
