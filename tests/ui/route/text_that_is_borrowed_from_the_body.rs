#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/orders", version = Version::V1.., role = Role::Customer)]
async fn order(note: &str) -> Accepted {
    drop(note.to_owned());
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(order),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
