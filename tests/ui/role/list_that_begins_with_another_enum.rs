#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod staff {
    use secure_api::prelude::*;

    #[derive(Role)]
    pub enum Role {
        Auditor,
    }
}

#[delete(
    "/products",
    version = Version::V1..,
    role = [staff::Role::Auditor, Role::Support, Role::Admin],
    limit(Role::Admin => BROWSE, _ => BROWSE)
)]
async fn clear() -> NoContent {
    NoContent
}

#[api(
    roles = Role,
    versions = Version,
    limit = BROWSE,
    allow(unused_role, reason = "a small program"),
    routes(clear)
)]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
