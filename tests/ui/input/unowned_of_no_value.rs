#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

pub struct Code(pub String);

#[get("/products/{code}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn get_product(_code: Unowned<Code>) -> Option<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_product))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
