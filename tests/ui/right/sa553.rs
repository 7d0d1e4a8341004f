//! A list in a query or a form repeats its name for each item, and a request has at most 256 parameters: more would be work for what
//! nobody declared. A longer list can be one text, with commas between, as far as the length of a URL admits; or it is sent as JSON. This
//! holds at compile time.
//!
//! Wrong: input/query_of_a_long_list

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct Filter {
    #[input(items = 0..=500, separated = ",", each(max_len = 20))]
    pub tags: Vec<String>,
}

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products(_filter: Query<Filter>) -> Page<Product> {
    todo!()
}
