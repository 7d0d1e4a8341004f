#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/sign-in", version = Version::V1.., public = "who signs in has no token yet", limit = Limit::per_address(16).per_day(), credential)]
async fn sign_in() -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(10).per_minute(), routes(sign_in))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
