#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

const MINUTE: Duration = Duration::from_secs(60);

#[post("/orders/{order}/checkout", version = Version::V1.., role = Role::Customer)]
async fn checkout(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

#[post("/orders/{order}/payment", version = Version::V1.., role = Role::Customer,
       deprecated(since = "2026-01-01", sunset = "2027-06-01"),
       after(reserve, within = MINUTE))]
async fn pay(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

#[post("/orders/{order}/reservation", version = Version::V1.., role = Role::Customer,
       deprecated(since = "2026-01-01", sunset = "2027-01-01"))]
async fn reserve(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(checkout, pay, reserve))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
