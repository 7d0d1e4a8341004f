#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/motto", version = Version::V1.., role = Role::Customer)]
async fn motto() -> Result<Scalar<Option<String>>, StoreError> {
    Ok(Scalar(None))
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(motto))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
