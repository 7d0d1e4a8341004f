#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/reports", version = Version::V1.., role = Role::Customer, limit = BROWSE)]
async fn report() -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = [BROWSE, BROWSE], routes(report))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
