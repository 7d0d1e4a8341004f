#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::{BROWSE, Role};
use std::time::Duration;

#[derive(Version)]
pub enum Version {
    V1,
    #[version(preview)]
    V2,
}

#[post("/checkout", version = Version::V2, role = Role::Customer)]
async fn checkout() -> Accepted {
    Accepted
}

#[post("/payment", version = Version::V1.., role = Role::Customer, after(checkout, within = Duration::from_secs(60)))]
async fn pay() -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(checkout, pay))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
