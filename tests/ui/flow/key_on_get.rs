#[path = "common/till.rs"]
mod till;
use till::*;

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderView, idempotency_key)]
async fn show(order: Authorized<Order>) -> Authorized<Order> {
    order
}

#[delete("/orders/{order}", version = Version::V1.., role = Role::Customer, idempotency_key)]
async fn remove(order: Authorized<Order>) -> NoContent {
    let _ = order;
    NoContent
}

fn main() {}
