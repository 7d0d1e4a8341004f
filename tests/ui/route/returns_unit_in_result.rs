#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[delete("/orders/{order}", version = Version::V1.., role = Role::Customer)]
async fn remove(order: Authorized<Order>) -> Result<(), ShopError> {
    drop(order);
    Ok(())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(remove))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
