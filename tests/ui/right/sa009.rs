//! `Authorized` and `Unowned` are about what the path names: the parameter of the argument's name is read, the
//! object loaded, and the caller's right to it checked. If no parameter has that name, there is nothing to load.
//! Most often the path or the argument was renamed and the other was not. This holds at compile time.
//!
//! Wrong: route/argument_not_in_path

use crate::shop::*;
use secure_api::prelude::*;

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}
