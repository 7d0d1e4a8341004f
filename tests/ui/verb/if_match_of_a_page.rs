#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

/// Lists orders.
#[get("/orders", version = Version::V1.., role = Role::Admin, view = OrderAudit)]
async fn list_orders(orders: Scoped<Order>) -> Page<Authorized<Order>> {
    orders.page(Vec::new())
}

/// Removes an order.
#[delete("/orders/{order}", version = Version::V1.., role = Role::Admin, if_match = list_orders)]
async fn remove_order(order: Authorized<Order>) -> NoContent {
    let _ = order;
    NoContent
}

fn main() {}
