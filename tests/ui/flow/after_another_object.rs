#[path = "common/till.rs"]
mod till;
use till::*;

#[post(
    "/payments/{order}",
    version = Version::V2,
    role = Role::Customer,
    after(checkout, within = Duration::from_secs(60))
)]
async fn pay(order: Authorized<Order>) -> Accepted {
    let _ = order;
    Accepted
}

#[post(
    "/payments",
    version = Version::V2,
    role = Role::Customer,
    after(checkout, within = Duration::from_secs(60))
)]
async fn pay_all() -> Accepted {
    Accepted
}

fn main() {}
