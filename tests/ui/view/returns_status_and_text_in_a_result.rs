#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[delete("/orders/{order}", version = Version::V1.., role = Role::Customer)]
async fn cancel(order: Authorized<Order>) -> Result<(axum::http::StatusCode, String), ShopError> {
    drop(order);
    Ok((axum::http::StatusCode::OK, String::new()))
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(cancel),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
