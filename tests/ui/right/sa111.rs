//! `Authorized<T>` is the proof that this caller may have this one object. The rule for that is `Object::permits`,
//! and a type without it has no owner, so there is nothing to prove. Where a thing belongs to nobody, as a product
//! in a shop window, `Unowned` says so. That the rule exists is checked at compile time; it is asked for each
//! request.
//!
//! Wrong: object/resource_is_no_object

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products/{product}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn get_product(_product: Unowned<ProductId>) -> Option<Product> {
    todo!()
}
