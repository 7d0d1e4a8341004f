//! A GET, PUT or DELETE that is sent twice does what one does (RFC 9110). An idempotency key there would keep
//! answers for nothing, and suggest that repeating such a request were dangerous. It is for POST and PATCH, where a
//! repeated request would order or pay twice. This holds at compile time.
//!
//! Wrong: flow/key_of_a_put

use crate::shop::*;
use secure_api::prelude::*;

#[post("/orders/{order}/payment", version = Version::V1.., role = Role::Customer, idempotency_key)]
async fn pay(order: Authorized<Order>) -> Accepted {
    drop(order);
    Accepted
}
