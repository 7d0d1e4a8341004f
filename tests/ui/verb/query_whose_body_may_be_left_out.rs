#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
struct Wanted {
    #[input(max_len = 80)]
    name: Option<String>,
}

#[query("/found", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn find(wanted: Option<Json<Wanted>>) -> Page<Product> {
    drop(wanted.and_then(|Json(wanted)| wanted.name));
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(find))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
