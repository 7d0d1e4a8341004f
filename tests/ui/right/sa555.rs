//! A query has the members of an input in brackets: `filter[tag]` is the field `tag` of `filter`. A parameter that is called so, or a member
//! with brackets in its name, could be read in two ways, and a check in front may read the other one. This holds at compile time.
//!
//! Wrong: input/query_of_two_readings

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct Filter {
    #[input(max_len = 20)]
    pub tag: Option<String>,
}

#[derive(Input)]
pub struct Search {
    pub filter: Filter,
    #[input(name = "tag", max_len = 20)]
    pub tag: Option<String>,
}

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products(_search: Query<Search>) -> Page<Product> {
    todo!()
}
