#[path = "../shop.rs"]
mod shop;
use secure_api::{Tls, prelude::*, token::Signer};
use shop::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_products))]
pub struct Shop;

fn main() {
    drop(Shop::app().secret("in every clone of the repository"));
    drop(Shop::app().secret(Secret::new(vec![7; 32])));
    drop(Issuer::discover("https://login.example").introspect("shop", "in every clone"));
    drop(Signer::es256_pem("-----BEGIN PRIVATE KEY-----", "one"));
    drop(Tls::pem(b"the chain may be", b"-----BEGIN PRIVATE KEY-----"));
}
