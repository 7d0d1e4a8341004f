#[path = "common/till.rs"]
mod till;
use till::*;

#[post(
    "/orders/{order}/first",
    version = Version::V2,
    role = Role::Customer,
    after(third, within = Duration::from_secs(60))
)]
async fn first(order: Authorized<Order>) -> Accepted {
    let _ = order;
    Accepted
}

#[post(
    "/orders/{order}/second",
    version = Version::V2,
    role = Role::Customer,
    after(first, within = Duration::from_secs(60))
)]
async fn second(order: Authorized<Order>) -> Accepted {
    let _ = order;
    Accepted
}

#[post(
    "/orders/{order}/third",
    version = Version::V2,
    role = Role::Customer,
    after(second, within = Duration::from_secs(60))
)]
async fn third(order: Authorized<Order>) -> Accepted {
    let _ = order;
    Accepted
}

#[post(
    "/orders/{order}/fourth",
    version = Version::V2,
    role = Role::Customer,
    after(third, within = Duration::from_secs(60))
)]
async fn fourth(order: Authorized<Order>) -> Accepted {
    let _ = order;
    Accepted
}

#[api(roles = Role, versions = Version, limit = STANDARD, routes(first, second, third, fourth))]
struct Till;

fn main() {}
