#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Role)]
pub enum Staff {
    Clerk,
}

#[delete("/products", version = Version::V1.., role = Role::Customer)]
async fn clear(_caller: Caller<Staff>) -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
