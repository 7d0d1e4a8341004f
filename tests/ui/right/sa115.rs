//! A public route admits requests without credentials, and then there is no caller. A handler that takes one anyway
//! would have to invent it. `Option<Caller<…>>` says what is true: there is one if a good token was sent, and a bad
//! token is still refused. This holds at compile time.
//!
//! Wrong: role/caller_on_public_route

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., public = "the catalogue is for everybody", view = ProductCard)]
async fn list_products(_caller: Option<Caller<Role>>) -> Page<Product> {
    todo!()
}
