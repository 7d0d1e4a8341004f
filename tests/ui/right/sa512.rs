//! A query string has names and texts. A list of values repeats its name, or is one text; a struct has its members in brackets, as
//! `filter[status]`. How objects in lists, lists in lists and maps are written differs from server to server, and where two readers
//! disagree, a check in front is passed by the form that it reads differently. Such a field is JSON in one parameter, or the
//! input is sent as JSON. This holds at compile time.
//!
//! Wrong: input/query_of_list

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct Filter {
    #[input(items = 0..=5, each(max_len = 20))]
    pub tags: Vec<String>,
}

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products(_filter: Query<Filter>) -> Page<Product> {
    todo!()
}
