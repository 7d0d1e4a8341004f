#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(DashboardView, role = Role::Customer, fields(greeting, orders as OrderDetail))]
pub struct Dashboard {
    greeting: String,
    orders: Vec<Order>,
}

fn main() {}
