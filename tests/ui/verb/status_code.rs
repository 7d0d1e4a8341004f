#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

use axum::http::StatusCode;

#[delete("/products", version = Version::V1.., role = Role::Admin)]
async fn clear(db: Writer<Db>) -> Result<StatusCode, ShopError> {
    drop(db);
    Ok(StatusCode::NO_CONTENT)
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
