#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/reports", version = Version::V1.., role = Role::Customer, limit = [Limit::per_principal(5).per_minute(), BROWSE, Limit::per_principal(5).per_minute()])]
async fn report() -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(report))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
