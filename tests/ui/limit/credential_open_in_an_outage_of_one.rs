#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[put("/password", version = Version::V1.., role = Role::Customer, outage = local(1), credential,
      limit = Limit::per_address(5).per_minute())]
async fn change_password() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(change_password))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
