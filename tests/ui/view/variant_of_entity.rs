#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(tag = "method")]
#[view(PaymentView, role = Role::Customer, variants(Order { order }, Cash))]
pub enum Payment {
    Order { order: Order },
    Cash,
}

fn main() {}
