//! A QUERY is asked by its body (RFC 10008). One that reads none is a GET under a name that caches, links and most
//! tools do not know, and each request of it would have to bring content that nobody reads. This holds at compile time.
//!
//! Wrong: verb/query_without_body

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct Wanted {
    #[input(items = 1..=100, each(text, max_len = 40))]
    pub names: Vec<String>,
}

#[query("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn find(_wanted: Json<Wanted>) -> Page<Product> {
    todo!()
}
