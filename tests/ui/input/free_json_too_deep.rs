#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[put("/settings", version = Version::V1.., role = Role::Customer)]
async fn configure(_settings: Json<FreeJson<4096, 100, 4>>) -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(configure))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
