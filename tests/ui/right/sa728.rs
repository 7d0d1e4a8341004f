//! A field with the name of the tag is one member written twice, and readers of JSON differ in which they take: one
//! sees a card where another one sees whatever the field holds. Two variants of one name cannot be told apart at all.
//! This holds at compile time.
//!
//! Wrong: view/variant_field_named_as_the_tag

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[resource(tag = "method")]
#[view(PaymentView, role = Role::Customer, variants(Card { ending = last4 }, Transfer { iban }, Cash))]
pub enum Payment {
    Card {
        last4: String,
        #[sensitive(Role::Admin)]
        number: String,
    },
    Transfer {
        iban: String,
    },
    Cash,
}
