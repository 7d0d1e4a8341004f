#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., role = Role::Customer)]
async fn later() -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(later))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
