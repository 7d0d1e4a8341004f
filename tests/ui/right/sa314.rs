//! A route with `outage = local(4)` goes on while the ledger that machines share does not answer, and each machine admits a
//! fourth of each count. Whoever keeps the ledger from answering is then counted by each machine for itself. That is no state in
//! which passwords and codes are tried, so a route that takes credentials is closed in an outage, whatever its module or its
//! API states. This holds at compile time.
//!
//! Wrong: limit/credential_open_in_an_outage

use crate::shop::*;
use secure_api::prelude::*;

#[post("/sign-in", version = Version::V1.., public = "who signs in has no token yet", limit = Limit::per_address(5).per_minute(), credential)]
async fn sign_in() -> Accepted {
    Accepted
}

#[get("/products", version = Version::V1.., role = Role::Customer, outage = local(4), view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(sign_in, list_products))]
pub struct Shop;
