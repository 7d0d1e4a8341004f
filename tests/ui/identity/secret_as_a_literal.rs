#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

fn login() -> Issuer {
    let key = Key::hs256(b"in every clone of the repository");
    Issuer::new("https://login.example").audience("shop").key(key)
}

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_products))]
pub struct Shop;

fn main() {
    drop(Shop::app().tokens(login()));
}
