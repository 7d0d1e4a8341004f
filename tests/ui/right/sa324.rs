//! A step has to be done by the same caller. If some callers of the second may not call the first, they can never
//! get there: either the order is wrong, or the roles are. That is told while it is being written, and not by a 409
//! that nobody can explain. This holds at compile time.
//!
//! Wrong: flow/after_what_the_caller_may_not_do

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

#[post("/orders/{order}/approval", version = Version::V2.., role = [Role::Support, Role::Admin])]
async fn approve(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}
