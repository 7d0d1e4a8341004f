#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Value, Clone)]
#[value(max_len = 20, pattern = "^[a-z]+$", unowned = "everybody has the same pictures")]
pub struct Name(String);

#[get("/pictures/{name}.json", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn picture(_name: Unowned<Name>) -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(picture))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
