#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products/{id}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn get_product(_id: Unowned<ProductId>, _other: Unowned<ProductId>) -> Option<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_product))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
