//! A `within` of nothing, or shorter than `at_least`, leaves no moment at which the second step is allowed. The
//! operation would answer 409 to everybody, and somebody would remove the rule to make it work. This holds at compile
//! time.
//!
//! Wrong: flow/after_never

use crate::shop::*;
use secure_api::prelude::*;

#[post("/orders/{order}/checkout", version = Version::V1.., role = Role::Customer)]
async fn checkout(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

#[post("/orders/{order}/payment", version = Version::V2.., role = Role::Customer,
       after(checkout, within = Duration::from_secs(1800)))]
async fn pay(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}
