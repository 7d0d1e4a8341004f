#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/tags", version = Version::V1.., role = Role::Customer)]
async fn tag(Json(Array(_tags)): Json<Array<String, 20>>) -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(tag))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
