#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

pub struct Orders(Vec<Order>);

#[derive(Resource)]
#[view(DayView, role = Role::Customer, fields(orders as OrderSummary))]
pub struct Day {
    orders: Orders,
}

fn main() {}
