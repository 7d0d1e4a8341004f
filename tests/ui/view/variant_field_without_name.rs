#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(tag = "method")]
#[view(PaymentView, role = Role::Customer, variants(Card { 0 }, Cash))]
pub enum Payment {
    Card(String),
    Cash,
}

fn main() {}
