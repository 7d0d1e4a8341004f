#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

/// What creates an order is taken for what changes one.
#[patch("/orders/{order}", version = Version::V1.., role = Role::Customer)]
async fn change(order: Authorized<Order>, Patch(_change): Patch<NewOrder>) -> NoContent {
    drop(order);
    NoContent
}

fn main() {}
