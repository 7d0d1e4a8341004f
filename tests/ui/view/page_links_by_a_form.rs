#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
pub struct Place {
    #[input(range = 1..=9)]
    page: Option<u32>,
}

#[query("/products/found", version = Version::V1.., role = Role::Customer, view = ProductCard, page(array, links = "page"))]
pub async fn find_products(Form(_place): Form<Place>) -> Page<Product> {
    Page::new(Vec::new())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(find_products))]
pub struct Shop;

fn main() {}
