//! A struct has one list of fields. An enum has one for each variant, since what may leave of a card is not what may
//! leave of a transfer. One list for all of them would not say of which variant a name is. This holds at compile time.
//!
//! Wrong: view/fields_of_an_enum

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[resource(tag = "method")]
#[view(PaymentView, role = Role::Customer, variants(Card { last4 }, Transfer { iban }, Cash))]
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
