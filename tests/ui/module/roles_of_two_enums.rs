#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Role)]
pub enum Staff {
    Clerk,
}

#[routes(version = Version::V1.., role = [Role::Admin, Staff::Clerk], limit = BROWSE)]
mod products {
    use secure_api::prelude::*;

    #[delete("/products")]
    pub async fn clear() -> NoContent {
        NoContent
    }
}

#[api(
    roles = Role,
    versions = Version,
    limit = BROWSE,
    allow(unused_role, reason = "a small program"),
    routes(products)
)]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
