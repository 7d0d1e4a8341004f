//! A body on a GET has no meaning (RFC 9110). Some parties on the way drop it, some forward it, some take it for
//! the next request, which is how requests are smuggled. Parameters of a GET stand in its query; what is too long
//! for that is asked by the body of a QUERY, `#[query]`. This holds at compile time.
//!
//! Wrong: verb/body_in_get

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct Wanted {
    #[input(text, max_len = 40)]
    pub name: Option<String>,
}

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn find(_wanted: Query<Wanted>) -> Page<Product> {
    todo!()
}
