#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/primes", version = Version::V1.., role = Role::Customer)]
async fn primes() -> Scalar<Vec<u32>> {
    Scalar(vec![2, 3, 5])
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(primes))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
