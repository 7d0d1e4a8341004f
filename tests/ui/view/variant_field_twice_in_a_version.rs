#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(tag = "method")]
#[view(PaymentView, role = Role::Admin, variants(Card { last4, #[since(Version::V2)] digits = last4, #[until(Version::V3)] digits = number }, Transfer { iban }, Cash))]
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
