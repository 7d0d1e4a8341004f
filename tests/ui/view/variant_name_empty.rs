#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(tag = "method")]
#[view(PaymentView, role = Role::Customer, variants(Cash))]
pub enum Payment {
    #[resource(name = "")]
    Cash,
}

fn main() {}
