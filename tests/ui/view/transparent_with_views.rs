#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(transparent)]
#[view(OrdersView, role = Role::Customer, fields(orders as OrderSummary))]
pub struct Orders {
    orders: Vec<Order>,
}

fn main() {}
