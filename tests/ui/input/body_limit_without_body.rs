#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[delete("/products", version = Version::V1.., role = Role::Admin, body_limit = 1024)]
async fn clear() -> NoContent {
    NoContent
}

#[post("/notes", version = Version::V1.., role = Role::Customer, body_limit = 1024)]
async fn note(_caller: Caller<Role>) -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear, note))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
