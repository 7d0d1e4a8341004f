#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
pub struct Search {
    pub first: Filter,
    pub second: Option<Filter>,
}

#[derive(Input)]
pub struct Filter {
    #[input(items = 0..=130, each(max_len = 20))]
    pub tags: Vec<String>,
}

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products(_search: Query<Search>) -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
