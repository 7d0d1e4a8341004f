#[path = "../shop.rs"]
mod shop;
use secure_api::{
    identity::{Credential, Kind},
    prelude::*,
};
use shop::*;

enum PartnerKey {}

impl Credential for PartnerKey {
    const KIND: Kind = Kind::header("Badge", "x-badge");
}

#[derive(Input)]
pub struct Asked {
    #[input(max_len = 20)]
    pub x_badge: Option<String>,
}

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products(_asked: Headers<Asked>) -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, by = [Bearer, PartnerKey], routes(list_products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
