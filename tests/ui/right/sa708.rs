//! A view has an audience, and a route has callers. If some of the callers are not of the audience, they are shown
//! what is not for them, and nobody notices, since nothing fails. So each view is for everybody whom the route
//! shows it to. This holds at compile time.
//!
//! Wrong: view/wider_than_role

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view(Role::Support => ProductSheet, _ => ProductCard))]
async fn list_products() -> Page<Product> {
    todo!()
}
