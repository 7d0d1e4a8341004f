#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/products", version = Version::V1.., role = Role::Customer,
       allow(content, reason = "the clients of the old API send a list"))]
async fn order(_body: Json<NewOrder>) -> NoContent {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(order))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
