#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

const FAST: Limit = Limit::per_principal(6000).per_minute();

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard,
      limit(Role::Admin => FAST, _ => BROWSE, Role::Support => BROWSE))]
async fn list_products() -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
