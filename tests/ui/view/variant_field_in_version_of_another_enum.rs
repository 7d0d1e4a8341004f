#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Version)]
pub enum Edition {
    First,
    Second,
}

#[derive(Resource)]
#[resource(tag = "method")]
#[view(PaymentView, role = Role::Customer, variants(Card { #[since(Edition::Second)] last4 }, Transfer { iban }, Cash))]
pub enum Payment {
    Card {
        last4: String,
        #[sensitive(Role::Admin)]
        number: String,
    },
    Transfer { iban: String },
    Cash,
}

#[get("/payments", version = Version::V1.., role = Role::Customer, view = PaymentView)]
async fn list_payments() -> Page<Payment> {
    Page::new(Vec::new())
}

fn main() {}
