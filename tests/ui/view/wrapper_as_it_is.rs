#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(transparent)]
pub struct Orders(Vec<Order>);

#[derive(Resource)]
#[view(DayView, role = Role::Customer, fields(orders))]
pub struct Day {
    orders: Orders,
}

fn main() {}
