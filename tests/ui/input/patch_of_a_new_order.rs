#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

/// Uses the input that creates an order for a change of one.
#[patch("/orders/{order}", version = Version::V1.., role = Role::Customer)]
async fn change(order: Authorized<Order>, Patch(_change): Patch<NewOrder>) -> NoContent {
    drop(order);
    NoContent
}

fn main() {}
