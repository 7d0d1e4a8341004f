#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/checkout", version = Version::V1.., role = Role::Customer, limit = BROWSE)]
pub async fn check_out() -> Result<impl Sized, StoreError> {
    Ok(Accepted)
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(check_out),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
