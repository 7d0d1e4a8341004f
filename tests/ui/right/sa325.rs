//! A caller speaks one version. Where no version has both steps, nobody can do one and then the other, and the
//! second one would be closed to everybody. This holds at compile time.
//!
//! Wrong: flow/after_another_version

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

#[post("/orders/{order}/reservation", version = Version::V1, role = Role::Customer)]
async fn reserve(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}
