//! A step that the API does not have can never be done, so what comes after it is closed to everybody. Most often a
//! handler of the same name in another module was named, or `routes(…)` was forgotten. This holds at compile time.
//!
//! Wrong: flow/after_what_is_not_listed

use crate::shop::*;
use secure_api::prelude::*;

const MINUTE: Duration = Duration::from_secs(60);

#[post("/orders/{order}/checkout", version = Version::V1.., role = Role::Customer)]
async fn checkout(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

#[post("/orders/{order}/payment", version = Version::V2.., role = Role::Customer,
       after(checkout, within = MINUTE))]
async fn pay(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

mod other {
    use super::*;
    #[post("/orders/{order}/checkout", version = Version::V1.., role = Role::Customer)]
    pub async fn checkout(order: Authorized<Order>) -> Accepted {
        drop(order);
        Accepted
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(checkout, pay))]
pub struct Shop;
