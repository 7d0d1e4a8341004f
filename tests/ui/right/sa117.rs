//! `Unowned` switches the owner's check off for what a path names. Whether that is right depends on the key and not
//! on the route: product numbers are on public display, order numbers are not. So the reason stands above the key's
//! type, once, and each route that uses the key is covered by it. This holds at compile time.
//!
//! Wrong: object/unowned_without_reason

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products/{product}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn get_product(_product: Unowned<ProductId>) -> Option<Product> {
    todo!()
}

/// As `ProductId` is declared.
#[derive(Value)]
#[value(range = 1..=1_000_000, unowned = "shelves are on public display")]
pub struct ShelfId(u64);
