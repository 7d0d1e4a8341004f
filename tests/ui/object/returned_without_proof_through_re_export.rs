#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod model {
    pub use super::shop::Order as Purchase;
}

use model::Purchase;

#[get("/orders/{purchase}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn get_order(purchase: Authorized<Purchase>) -> Result<Option<Purchase>, ShopError> {
    Ok(Some(purchase.into_inner()))
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_order))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
