//! A secret that stands in the source is in every clone of the repository, in its history, and in every build; whoever leaves
//! the team takes it along, and nobody changes it. So a secret says where it comes from: `SecretBytes::env`, `file`, `fetched` from
//! a vault, or `random`. No conversion makes one of bytes or text. This holds at compile time.
//!
//! Wrong: identity/secret_as_a_literal

use crate::shop::*;
use secure_api::prelude::*;

fn login() -> Issuer {
    let key = Key::hs256(SecretBytes::env("APP_SECRET"));
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
