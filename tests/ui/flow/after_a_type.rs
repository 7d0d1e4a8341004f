#[path = "common/till.rs"]
mod till;
use till::*;

#[post(
    "/orders/{order}/payment",
    version = Version::V2,
    role = Role::Customer,
    after(Order, within = Duration::from_secs(60))
)]
async fn pay(order: Authorized<Order>) -> Accepted {
    let _ = order;
    Accepted
}

fn main() {}
