#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
pub struct Change {
    note: Option<PlainText<80>>,
    due_on: Date,
}

#[patch("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn change_order(order: Authorized<Order>, Patch(_change): Patch<Change>) -> Authorized<Order> {
    order
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(change_order))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
