#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

#[delete("/products", version = Version::V1.., role = Role::Admin, limit = Limit::per_minute(30))]
async fn clear() -> NoContent {
    NoContent
}

fn main() {}
