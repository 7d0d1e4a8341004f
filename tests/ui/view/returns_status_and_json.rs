#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn get_order(order: Authorized<Order>) -> (axum::http::StatusCode, Json<Authorized<Order>>) {
    (axum::http::StatusCode::OK, Json(order))
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_order),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
