#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

pub enum Staff {
    Clerk,
}

#[delete("/products", version = Version::V1.., role = Role::Admin)]
async fn clear(_caller: Caller<Staff>) -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, allow(unused_role, reason = "a part of a larger API"), routes(clear))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
