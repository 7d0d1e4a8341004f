//! An entity never serializes by itself. What leaves goes through a view that lists its fields, so that a field
//! added for the inside does not go out, which is excessive data exposure. A `Vec`, a tuple or a JSON value has no
//! views; a list leaves as a `Page`, bounded and with its cursor. This holds at compile time.
//!
//! Wrong: view/returns_vec

use crate::shop::*;
use secure_api::prelude::*;

#[get("/orders", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn list_orders(scoped: Scoped<Order>) -> Page<Authorized<Order>> {
    scoped.page(Vec::new())
}
