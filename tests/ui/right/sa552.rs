//! A header is one text, or a list of texts with commas between; a cookie is one text. How objects and maps are written in them differs
//! from server to server, and a cookie has no commas. This holds at compile time.
//!
//! Wrong: input/cookie_of_a_list

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct Asked {
    #[input(max_len = 20)]
    pub theme: Option<String>,
}

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products(_asked: Cookies<Asked>) -> Page<Product> {
    todo!()
}
