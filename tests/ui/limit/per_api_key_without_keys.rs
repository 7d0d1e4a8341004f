#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/reports", version = Version::V1.., role = Role::Customer, by = Bearer, limit = Limit::per_api_key(5).per_minute())]
async fn report() -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(report))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
