//! Some headers are not a handler's to read: credentials, conditions and what the body is are decided before it runs, by rules
//! that all routes share; those of the connection and of proxies change on the way, so that anybody could write them. An input
//! that has one of them would decide the same thing a second time, by another reading. The cookie of the session is of that
//! kind, too. So is the place of other credentials: this
//! holds at compile time where `by` names them, and for a source that no `by` names when the app is built.
//!
//! Wrong: input/header_of_credentials

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct Asked {
    #[input(name = "X-Source", max_len = 200)]
    pub who: Option<String>,
}

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products(_asked: Headers<Asked>) -> Page<Product> {
    todo!()
}
