#[path = "common/till.rs"]
mod till;
use till::*;

#[post(
    "/orders/{order}/payment",
    version = Version::V2,
    role = Role::Customer,
    after(reserve, within = Duration::from_secs(60))
)]
async fn pay(order: Authorized<Order>) -> Accepted {
    let _ = order;
    Accepted
}

#[post(
    "/orders/{order}/reservation",
    version = Version::V1,
    role = Role::Customer,
    limit = STANDARD
)]
async fn reserve(order: Authorized<Order>) -> Accepted {
    let _ = order;
    Accepted
}

fn main() {}
