//! A reference is loaded and permitted to a caller, and a field for callers of some roles is set by a caller who has one.
//! On a public route there may be no caller, so such a field could only be refused, or be taken from anybody. This holds
//! at compile time, at any depth of the input.
//!
//! Wrong: object/reference_on_a_public_route

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct Complaint {
    #[input(items = 1..=3)]
    pub orders: Vec<Ref<Order>>,
}

#[post("/complaints", version = Version::V1.., role = Role::Customer)]
async fn complain(Json(complaint): Json<Complaint>) -> Accepted {
    assert!(complaint.orders.iter().all(|order| !order.note.is_empty()));
    Accepted
}
