#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(tag = "method")]
#[view(PaymentSheet, role = Role::Admin, variants(Card { number }, Transfer { iban }, Cash))]
#[view(PaymentView, role = Role::Customer, extends = PaymentSheet)]
pub enum Payment {
    Card {
        last4: String,
        #[sensitive(Role::Admin)]
        number: String,
    },
    Transfer { iban: String },
    Cash,
}

fn main() {}
