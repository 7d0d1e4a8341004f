#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/orders", version = Version::V1.., role = Role::Customer)]
async fn order(Json(order): NewNote) -> Accepted {
    drop(order.text);
    Accepted
}

#[derive(Input)]
pub struct NewNote {
    #[input(max_len = 80)]
    text: String,
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(order),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
