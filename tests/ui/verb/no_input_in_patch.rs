#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod parts {
    pub struct Change {
        _note: Option<String>,
    }
}

use parts::Change;

#[patch("/orders/{order}", version = Version::V1.., role = Role::Customer)]
async fn change(order: Authorized<Order>, _change: Json<Change>) -> NoContent {
    drop(order);
    NoContent
}

fn main() {}
