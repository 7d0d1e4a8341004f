#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

const KEYS: Limit = Limit::per_api_key(600).per_hour();

#[post("/reports", version = Version::V1.., role = Role::Customer, by = all(Bearer, ApiKey), limit = [BROWSE, KEYS])]
async fn report() -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(report))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
