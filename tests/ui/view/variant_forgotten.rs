#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(tag = "method")]
#[view(PaymentView, role = Role::Customer, variants(Card { last4 }, Transfer { iban }))]
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
