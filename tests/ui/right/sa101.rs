//! Broken access control is the first risk of the OWASP list, and its most common form is an operation that nobody
//! thought about. So there is no default: a route says which role it asks for, or that it is public and why. A
//! module may say it for its routes. This holds at compile time; that only such callers get in is checked for each
//! request.
//!
//! Wrong: role/no_decision_on_who_may_call

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}
