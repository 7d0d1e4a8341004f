#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::{BROWSE, Role, Version};

#[api(roles = Role, versions = Version, limit = BROWSE, routes())]
pub struct Shop;

fn main() {
    let _ = (Role::Customer, Version::V1, BROWSE);
    drop(Shop::app());
}
