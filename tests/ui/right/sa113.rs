//! Broken object level authorization is the first risk of the OWASP API list: a caller changes the number in the
//! path and gets somebody else's order. A bare key is that number. `Authorized<Order>` loads the order and asks its
//! owner's rule before the handler runs; `Unowned<…>` says, with a reason, that nobody owns it. This holds at
//! compile time.
//!
//! Wrong: object/key_without_proof

use crate::shop::*;
use secure_api::prelude::*;

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}
