//! A query string has one level of names and values. How lists and objects are written in one differs from server
//! to server, and where two readers disagree, a check in front is passed by the form that it reads differently.
//! Such an input is sent as JSON. This holds at compile time.
//!
//! Wrong: input/query_of_list

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct Filter {
    #[input(text, max_len = 20)]
    pub tag: Option<String>,
}

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products(_filter: Query<Filter>) -> Page<Product> {
    todo!()
}
