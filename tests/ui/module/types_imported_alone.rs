#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[routes(version = Version::V1.., role = Role::Admin)]
mod inner {
    use crate::Role;

    pub fn lowest() -> Role {
        Role::Customer
    }

    #[routes(prefix = "/products")]
    mod products {
        use super::*;

        #[delete("/")]
        async fn clear() -> NoContent {
            NoContent
        }
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(inner),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop((Shop::app(), inner::lowest()));
}
