#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard,
      allow(unchecked, reason = "todo todo todo"))]
pub async fn list_products(_orders: Unchecked<Order>) -> Result<Option<Product>, StoreError> {
    todo!()
}

fn main() {}
