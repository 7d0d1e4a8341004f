#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod people {
    pub use super::shop::Role as Staff;
}

#[delete("/products", version = Version::V1.., role = people::Staff::Boss)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
