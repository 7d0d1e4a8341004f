//! The arguments of a handler come in from outside, so each says how it is read and checked: a path parameter with its
//! proof, an input with its bounds, a store that may or may not write. A bare `String` or `HeaderMap` says none of
//! this. Where only an extractor of axum's will do, there is a way out that needs a reason and shows up in the
//! inventory: `Extractor<T>` and `allow(extractor, reason = "…")`. This holds at compile time.
//!
//! Wrong: route/plain_string_argument

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct Filter {
    #[input(text, max_len = 40)]
    pub name: Option<String>,
}

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products(_filter: Query<Filter>) -> Page<Product> {
    todo!()
}
