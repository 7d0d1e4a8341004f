#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/orders/{order}/checkout", version = Version::V1.., role = Role::Customer)]
async fn checkout(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

#[post("/orders/{order}/payment", version = Version::V2.., role = Role::Customer,
       after = checkout)]
async fn pay(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(checkout, pay))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
