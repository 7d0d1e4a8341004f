#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

const MINUTE: Duration = Duration::from_secs(60);

#[post("/orders/{order}/first", version = Version::V1.., role = Role::Customer,
       after(third, within = MINUTE))]
async fn first(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

#[post("/orders/{order}/second", version = Version::V1.., role = Role::Customer,
       after(first, within = MINUTE))]
async fn second(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

#[post("/orders/{order}/third", version = Version::V1.., role = Role::Customer,
       after(second, within = MINUTE))]
async fn third(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

#[post("/orders/{order}/fourth", version = Version::V1.., role = Role::Customer,
       after(third, within = MINUTE))]
async fn fourth(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(first, second, third, fourth))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
