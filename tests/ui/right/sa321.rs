//! An order of calls and a key for repetitions are kept for each caller: the same caller checked out before, the
//! same caller sent this key. Without a caller there is nobody to keep them for, and all strangers would share one
//! memory: one could pay on the checkout of another, or read the answer that another one got. This holds at compile
//! time.
//!
//! Wrong: flow/after_in_public

use crate::shop::*;
use secure_api::prelude::*;

const MINUTE: Duration = Duration::from_secs(60);

#[post("/orders/{order}/checkout", version = Version::V1.., role = Role::Customer)]
async fn checkout(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}

#[post("/orders/{order}/payment", version = Version::V2.., role = Role::Customer,
       after(checkout, within = MINUTE), idempotency_key)]
async fn pay(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}
