//! A client that follows a redirect sends a GET: to 303 always, and 307 and 308 are answers to one. An operation of another verb is not called
//! by that; its callers would be told 405. The names in the handler's own body are read; what a function that it calls names is seen
//! when the answer is made, which is then a 500 that the log explains.
//!
//! Wrong: view/redirects_to_a_post

use crate::shop::*;
use secure_api::prelude::*;

/// Lists what there is.
#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
pub async fn list_products() -> Page<Product> {
    Page::new(Vec::new())
}

/// Leads to what there is.
#[get("/start", version = Version::V1.., role = Role::Customer)]
pub async fn start() -> Redirect {
    Redirect::to::<list_products>(())
}

#[api(roles = Role, versions = Version, limit = BROWSE, allow(unused_role, reason = "a part of a larger API"),
      routes(list_products, start))]
pub struct Shop;
