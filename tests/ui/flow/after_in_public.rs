#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

const MINUTE: Duration = Duration::from_secs(60);

#[post("/checkout", version = Version::V1.., role = Role::Customer)]
async fn checkout() -> Accepted {
    Accepted
}

#[post("/payments", version = Version::V2.., public = "anybody may pay",
       after(checkout, within = MINUTE), idempotency_key)]
async fn pay() -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(checkout, pay))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
