#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[delete("/orders/{order}/parts/{part}/pieces/{piece}", version = Version::V1.., role = Role::Customer)]
async fn remove(
    order: Authorized<Order>,
    part: Authorized<Order>,
    piece: Authorized<Order>,
) -> NoContent {
    drop((order, part, piece));
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(remove))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
