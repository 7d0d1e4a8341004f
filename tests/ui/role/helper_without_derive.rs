#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::{BROWSE, Version};

#[derive(Debug, Clone, Copy)]
pub enum Staff {
    Clerk,
    #[role(includes(Clerk))]
    Boss,
}

#[delete("/products", version = Version::V1.., role = Staff::Boss)]
pub async fn clear(_caller: Caller<Staff>) -> NoContent {
    NoContent
}

#[put("/products", version = Version::V1.., role = Staff::Clerk)]
pub async fn sort() -> NoContent {
    NoContent
}

#[api(roles = Staff, versions = Version, limit = BROWSE, routes(clear, sort))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
