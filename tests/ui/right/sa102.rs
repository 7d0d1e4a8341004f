//! A route for a role and a route for anybody are two different promises, and one of them would be broken: either
//! strangers get in, or the address that was announced as public answers 401. The attribute has to say which. This
//! holds at compile time.
//!
//! Wrong: role/role_and_public

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}
