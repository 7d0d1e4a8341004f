#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

#[get("/orders", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn list_orders(orders: Scoped<Order>) -> Page<Authorized<Order>> {
    orders.page(Vec::new())
}

#[get("/samples/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail,
      allow(untenanted, reason = "samples are the same for everybody"))]
async fn get_sample(order: Authorized<Order>) -> Authorized<Order> {
    order
}

#[delete("/orders/{order}", version = Version::V1.., role = Role::Customer)]
async fn delete_order(order: Authorized<Order>) -> NoContent {
    drop(order);
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, tenants,
      routes(get_order, list_orders, get_sample, delete_order))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
