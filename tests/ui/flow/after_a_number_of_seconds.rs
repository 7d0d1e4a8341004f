#[path = "common/till.rs"]
mod till;
use till::*;

#[post(
    "/orders/{order}/payment",
    version = Version::V2,
    role = Role::Customer,
    after(checkout, within = 1800)
)]
async fn pay(order: Authorized<Order>) -> Accepted {
    let _ = order;
    Accepted
}

fn main() {}
