#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

pub enum Staff {
    Clerk,
}

#[delete("/products", version = Version::V1.., role = Role::Admin)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Staff, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
