//! `Unchecked` loads whatever its key names, whosever it is, and a key that a client sends can be anybody's. That can be
//! right, as for the account of somebody else that money goes to. Then the route says why, and the inventory lists it where
//! a review finds it. What is loaded has no proof, so it cannot be returned. This holds at compile time.
//!
//! Wrong: object/unchecked_without_allow

use crate::shop::*;
use secure_api::object::Unchecked;
use secure_api::prelude::*;

#[post("/orders/merge", version = Version::V1.., role = Role::Customer,
       allow(unchecked, reason = "an order is joined to the one that it was split from, by whomever that was placed"))]
async fn merge(_orders: Unchecked<Order>) -> Accepted {
    Accepted
}
