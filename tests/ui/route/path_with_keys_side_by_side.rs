#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/pictures/{name}{other}", version = Version::V1.., role = Role::Customer, view = ProductCard,
      allow(path, reason = "the old clients have this address"))]
async fn both(_name: Unowned<u32>, _other: Unowned<u32>) -> Page<Product> {
    todo!()
}

fn main() {}
