#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[api(roles = Role, versions = Version, limit = BROWSE, routes())]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
