#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Value, Clone)]
#[value(max_len = 20, pattern = "^[a-z]+$", unowned = "everybody has the same pictures")]
pub struct Name(String);

#[get("/pictures/{name}-{other}", version = Version::V1.., role = Role::Customer, view = ProductCard,
      allow(path, reason = "the old clients have this address"))]
async fn both(_name: Unowned<Name>, _other: Unowned<Name>) -> Page<Product> {
    todo!()
}

#[get("/pictures/old-{name}", version = Version::V1.., role = Role::Customer, view = ProductCard,
      allow(path, reason = "the old clients have this address"))]
async fn old(_name: Unowned<Name>) -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(both, old))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
