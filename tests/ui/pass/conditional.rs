//! `#[cfg(…)]` on routes: above the attribute and below it, and inside of a handler that points to one.

use crate::shop::{BROWSE, Product, ProductCard, Role, Version};
use secure_api::prelude::*;

#[cfg(not(test))]
#[get("/never", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn never_above() -> Page<Product> {
    Page::new(Vec::new())
}

#[cfg(test)]
#[get("/always", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn always_above() -> Page<Product> {
    Page::new(Vec::new())
}

#[get("/below", version = Version::V1.., role = Role::Customer, view = ProductCard)]
#[cfg(test)]
async fn always_below() -> Page<Product> {
    Page::new(Vec::new())
}

#[post("/above", version = Version::V1.., role = Role::Customer)]
async fn points() -> AcceptedAt {
    #[cfg(not(test))]
    return Accepted::at::<never_above>(());
    #[cfg(test)]
    Accepted::at::<always_above>(())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(always_above, always_below, points))]
struct Conditional;

#[test]
fn a_route_is_there_where_its_condition_holds() {
    assert_eq!(Conditional::API.routes().count(), 3);
}
