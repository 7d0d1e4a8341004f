#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod parts {
    pub struct Change {
        pub gift: bool,
    }
}

#[patch("/orders/{order}", version = Version::V1.., role = Role::Customer)]
async fn change(order: Authorized<Order>, _change: Json<parts::Change>) -> NoContent {
    drop(order);
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE,
      allow(unused_role, unused_version, reason = "a part of a larger shop"), routes(change))]
pub struct Shop;

fn main() {
    drop(Shop::app());
    let _ = |change: parts::Change| change.gift;
}
