//! An object inside of something else leaves like everything that leaves. A dashboard is nobody's, so no rule is asked
//! of it, and its orders would go to whoever calls it. So each of them brings its proof along: `Scoped::prove` asks the
//! rule of each row. An object that shows another answers for it by its own rule. This holds at compile time.
//!
//! Wrong: object/unproven_inside

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(DashboardView, role = Role::Customer, fields(greeting, orders as OrderDetail))]
pub struct Dashboard {
    greeting: String,
    orders: Vec<Authorized<Order>>,
}
