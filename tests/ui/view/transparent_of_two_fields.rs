#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(transparent)]
pub struct Orders {
    orders: Vec<Order>,
    total: u32,
}

fn main() {}
