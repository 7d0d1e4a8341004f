#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

pub const ORDER: Limit = Limit::per_principal(30).per_minute().burst(60);

#[get("/products", version = Version::V1.., role = Role::Customer, limit = ORDER, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
