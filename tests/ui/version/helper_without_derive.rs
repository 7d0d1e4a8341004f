#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::{BROWSE, Role};

pub enum Edition {
    E1,
    #[version(preview)]
    E2,
}

#[delete("/products", version = Edition::E1.., role = Role::Admin)]
pub async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Edition, limit = BROWSE,
      allow(unused_role, unused_version, reason = "a part of a larger shop"), routes(clear))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
