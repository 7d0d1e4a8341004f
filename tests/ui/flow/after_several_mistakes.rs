#[path = "common/till.rs"]
mod till;
use till::*;

#[post(
    "/orders/{order}/payment",
    version = Version::V2,
    role = Role::Customer,
    after(approve, within = Duration::from_secs(60))
)]
async fn pay(order: Authorized<Order>) -> Accepted {
    let _ = order;
    Accepted
}

#[post(
    "/approvals/{order}",
    version = Version::V1,
    role = Role::Support,
    limit = STANDARD
)]
async fn approve(order: Authorized<Order>) -> Accepted {
    let _ = order;
    Accepted
}

fn main() {}
