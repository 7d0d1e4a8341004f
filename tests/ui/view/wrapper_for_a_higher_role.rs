#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(transparent)]
pub struct Many<T>(Vec<T>);

#[derive(Resource)]
#[view(DayView, role = Role::Customer, fields(orders as OrderAudit))]
pub struct Day {
    orders: Many<Authorized<Order>>,
}

fn main() {}
