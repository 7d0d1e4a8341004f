//! `transparent` says that a type is shown as the one field in it, through that field's own views. With views of its
//! own there would be two rules for one answer, and with two fields nobody has said which of them leaves. A type is
//! one or the other. This holds at compile time.
//!
//! Wrong: view/transparent_with_views

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(OrdersView, role = Role::Customer, fields(orders as OrderSummary))]
pub struct Orders {
    orders: Vec<Authorized<Order>>,
}
