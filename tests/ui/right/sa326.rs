//! A payment for this order comes after a checkout of this order. So both paths begin alike, up to what names the
//! object: otherwise a cheap order could be checked out and a dear one paid for, and the rule would be content.
//! This holds at compile time.
//!
//! Wrong: flow/after_another_object

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
