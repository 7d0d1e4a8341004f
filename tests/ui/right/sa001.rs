//! An attribute is the statement that a review reads, so nothing in it is guessed. What is not written as the
//! attribute has it is refused where it stands, with what belongs there. The words differ with what was written;
//! the code is the same for all of them. This holds at compile time.
//!
//! Wrong: route/missing_comma

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}
