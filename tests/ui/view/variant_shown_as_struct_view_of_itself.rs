#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(tag = "method")]
#[view(PaymentView, role = Role::Customer, variants(Again { payment as OrderSummary }, Cash))]
pub enum Payment {
    Again { payment: Option<Box<Payment>> },
    Cash,
}

fn main() {}
