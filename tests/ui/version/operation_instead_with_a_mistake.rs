#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[delete("/products", version = Version::V1.., role = Role::Customer, deprecated(since = "2026-06-01", instead = clear_all))]
async fn clear() -> NoContent {
    NoContent
}

#[delete("/all-products", version = Version::V1.., roll = Role::Customer)]
async fn clear_all() -> NoContent {
    NoContent
}

fn main() {
    let _ = clear;
}
