#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
pub struct Search {
    #[input(max_len = 20, text)]
    pub word: String,
    #[input(max_len = 64)]
    pub coupon: Option<Secret<String>>,
}

/// Searches.
#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn search(_: Query<Search>) -> Page<Product> {
    Page::new(Vec::new())
}

fn main() {}
