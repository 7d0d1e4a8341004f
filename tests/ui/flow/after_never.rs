#[path = "common/till.rs"]
mod till;
use till::*;

#[post(
    "/orders/{order}/payment",
    version = Version::V2,
    role = Role::Customer,
    after(checkout, within = Duration::ZERO)
)]
async fn pay(order: Authorized<Order>) -> Accepted {
    let _ = order;
    Accepted
}

#[post(
    "/orders/{order}/refund",
    version = Version::V2,
    role = Role::Customer,
    after(checkout, within = Duration::from_secs(5), at_least = Duration::from_secs(5))
)]
async fn refund(order: Authorized<Order>) -> Accepted {
    let _ = order;
    Accepted
}

fn main() {}
