//! The name of a header has no case, and servers on the way take `_` and `-` for one or drop what has a `_`. Two fields of such names
//! would be read from one header. This holds at compile time.
//!
//! Wrong: input/headers_that_differ_in_case

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct Asked {
    #[input(name = "X-Source", max_len = 20)]
    pub source: Option<String>,
    #[input(name = "X-Other-Source", max_len = 20)]
    pub other_source: Option<String>,
}

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products(_asked: Headers<Asked>) -> Page<Product> {
    todo!()
}
