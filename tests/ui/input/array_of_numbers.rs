#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/rates", version = Version::V1.., role = Role::Customer)]
async fn rate(Json(Array(_stars)): Json<Array<u8, 20>>) -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(rate))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
