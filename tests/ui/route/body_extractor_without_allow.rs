#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

use secure_api::route::BodyExtractor;

#[post("/orders/import", version = Version::V1.., role = Role::Customer)]
async fn import(_file: BodyExtractor<axum::body::Bytes>) -> Accepted {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(import))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
