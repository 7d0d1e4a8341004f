#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/sign-in", version = Version::V1.., public = "who signs in has no token yet", limit = Limit::per_address(5).at_once(), credential)]
async fn sign_in() -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(sign_in))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
