#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products/{product}/versus/{product}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn compare(_product: Unowned<ProductId>) -> Option<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(compare))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
