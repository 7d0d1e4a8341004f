#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
pub struct Search {
    #[input(role = Role::Admin)]
    pub hidden_too: Option<bool>,
}

/// Searches.
#[get("/products", version = Version::V1.., public = "the catalogue is for everybody", view = ProductCard)]
async fn search(_: Query<Search>) -> Page<Product> {
    Page::new(Vec::new())
}

fn main() {}
