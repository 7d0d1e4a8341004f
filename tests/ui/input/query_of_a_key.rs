#[path = "../shop.rs"]
mod shop;
use secure_api::{
    identity::{Credential, Kind},
    prelude::*,
};
use shop::*;

enum PartnerKey {}

impl Credential for PartnerKey {
    const KIND: Kind = ApiKey::in_query("partner", "the partner's clients were built with the key in the URL");
}

#[derive(Input)]
pub struct Asked {
    #[input(max_len = 200)]
    pub partner: Option<String>,
}

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products(_asked: Query<Asked>) -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, by = [Bearer, PartnerKey], routes(list_products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
