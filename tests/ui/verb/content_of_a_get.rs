#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard,
      allow(content, reason = "the clients of the old API send a filter"))]
async fn find(_filter: Json<NewOrder>) -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(find))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
