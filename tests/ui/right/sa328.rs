//! Steps that come after each other in a circle are all closed, since none can be the first. The message names the
//! circle. It is found where the API is put together, because only there all steps are known. This holds at compile
//! time.
//!
//! Wrong: flow/after_in_a_circle

use crate::shop::*;
use secure_api::prelude::*;

const MINUTE: Duration = Duration::from_secs(60);

#[post("/orders/{order}/first", version = Version::V1.., role = Role::Customer)]
async fn first(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

#[post("/orders/{order}/second", version = Version::V1.., role = Role::Customer,
       after(first, within = MINUTE))]
async fn second(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

#[post("/orders/{order}/third", version = Version::V1.., role = Role::Customer,
       after(second, within = MINUTE))]
async fn third(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

#[post("/orders/{order}/fourth", version = Version::V1.., role = Role::Customer,
       after(third, within = MINUTE))]
async fn fourth(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(first, second, third, fourth))]
pub struct Shop;
