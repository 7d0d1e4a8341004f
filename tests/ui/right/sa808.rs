//! A cache answers a GET by its address, and a gateway may drop what it sends besides. So a GET with content would be answered with
//! what somebody else asked for, or as if it had asked for all; no reason changes that. A QUERY is the verb whose question is its body
//! (RFC 10008). This holds at compile time.
//!
//! Wrong: verb/content_of_a_get

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct Filter {
    #[input(items = 1..=100, each(text, max_len = 40))]
    pub names: Vec<String>,
}

#[query("/products/search", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn find(_filter: Json<Filter>) -> Page<Product> {
    todo!()
}
