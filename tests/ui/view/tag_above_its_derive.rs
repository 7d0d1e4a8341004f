#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[resource(tag = "method")]
#[derive(Resource)]
#[view(PaymentView, role = Role::Customer, variants(Card { last4 }, Cash))]
pub enum Payment {
    Card { last4: String },
    Cash,
}

fn main() {}
