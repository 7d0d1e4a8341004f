#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
pub struct Change {
    #[input(text, max_len = 500)]
    note: Option<String>,
}

#[put("/orders/{order}", version = Version::V1.., role = Role::Customer)]
async fn replace(order: Authorized<Order>, Patch(_change): Patch<Change>) -> NoContent {
    drop(order);
    NoContent
}

fn main() {}
