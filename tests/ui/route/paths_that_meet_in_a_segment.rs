#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Value, Clone)]
#[value(text, max_len = 20, unowned = "everybody has the same pictures")]
pub struct Name(String);

#[get("/pictures/{name}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn picture(_name: Unowned<Name>) -> Page<Product> {
    todo!()
}

#[get("/pictures/{name}.json", version = Version::V1.., role = Role::Customer, view = ProductCard,
      allow(path, reason = "the old clients have this address"))]
async fn picture_as_json(_name: Unowned<Name>) -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(picture, picture_as_json))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
