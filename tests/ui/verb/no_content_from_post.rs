#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/products", version = Version::V1.., role = Role::Customer)]
async fn create() -> Result<NoContent, ShopError> {
    Ok(NoContent)
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(create))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
