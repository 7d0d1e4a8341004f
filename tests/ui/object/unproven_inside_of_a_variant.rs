#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(tag = "type")]
#[view(FoundView, role = Role::Customer, variants(Nothing, One { order as OrderDetail }))]
pub enum Found {
    Nothing,
    One { order: Option<Box<Order>> },
}

fn main() {}
