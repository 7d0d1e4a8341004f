#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(transparent)]
pub enum Orders {
    Some(Vec<Order>),
}

fn main() {}
