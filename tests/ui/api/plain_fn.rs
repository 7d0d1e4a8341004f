#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

async fn get_product() {}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_products, get_product))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
