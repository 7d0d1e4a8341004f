#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

use secure_api::{object::Unchecked, route::Extractor};

type Any = Unchecked<Order>;

#[post("/orders/merge", version = Version::V1.., role = Role::Customer,
       allow(extractor, reason = "the till sends its model in a header"))]
async fn merge(_orders: Any, _headers: Extractor<axum::http::HeaderMap>) -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(merge))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
