#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod products {
    use crate::shop::*;
    use secure_api::prelude::*;

    #[derive(Role)]
    pub enum Staff {
        Clerk,
    }

    secure_api::defaults!(version = Version::V1.., role = [Role::Admin, Staff::Clerk], limit = BROWSE);

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
    routes(products::clear)
)]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
