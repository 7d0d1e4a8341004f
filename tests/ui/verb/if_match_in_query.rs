#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[query("/products", version = Version::V1.., role = Role::Customer, view = ProductCard, if_match = find)]
async fn find(_body: Json<NewOrder>) -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(find))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
