#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

const SELDOM: Limit = Limit::per_principal(30);

#[delete("/products", version = Version::V1.., role = Role::Admin, limit = SELDOM)]
async fn clear() -> NoContent {
    NoContent
}

fn main() {}
