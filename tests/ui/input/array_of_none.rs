#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
struct NewItem {
    #[input(range = 1..=9)]
    qty: u8,
}

#[post("/items", version = Version::V1.., role = Role::Customer)]
async fn add(Json(Array(_items)): Json<Array<NewItem, 0>>) -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(add))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
