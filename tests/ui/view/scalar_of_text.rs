#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/motto", version = Version::V1.., role = Role::Customer)]
async fn motto() -> Scalar<String> {
    Scalar("Festina lente".to_owned())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(motto))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
