#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/orders", version = Version::V1.., role = Role::Customer, body_limit = "16kb")]
async fn create_order(Json(_new): Json<NewOrder>) -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(create_order))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
