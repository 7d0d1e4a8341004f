//! A step that counts for ever is one that somebody can keep: check out today, and pay at today's price next year.
//! `within` says how long it counts, and its memory ends there too. That it is stated is checked at compile time;
//! the clock is read for each request.
//!
//! Wrong: flow/after_for_ever

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
