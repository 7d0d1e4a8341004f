//! An object leaves only with the proof that this caller may have it. `into_inner` gives it up, and after that
//! nothing tells this order from any other one that was loaded on the way. So the proof is what is returned:
//! `Authorized<Order>`, or a page of them from `Scoped`. This holds at compile time.
//!
//! Wrong: object/returned_without_proof

use crate::shop::*;
use secure_api::prelude::*;

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}
