#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

// A GET that ends a session.
#[get("/orders", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn list_orders(_sessions: Sessions, orders: Scoped<Order>) -> Page<Authorized<Order>> {
    orders.page(Vec::new())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_orders))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
