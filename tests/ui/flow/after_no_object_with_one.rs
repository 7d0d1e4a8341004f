#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

const MINUTE: Duration = Duration::from_secs(60);

#[post("/orders/{order}/payment", version = Version::V1.., role = Role::Customer,
       after(terms, within = MINUTE))]
async fn pay(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

#[post("/terms", version = Version::V1.., role = Role::Customer)]
async fn terms() -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(pay, terms))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
