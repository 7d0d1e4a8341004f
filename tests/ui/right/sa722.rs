//! An answer says in one member which variant it is. Without it a client has to guess from the fields that are there,
//! and two clients guess differently: what one takes for a transfer, another one takes for cash. What the member is
//! called is for you to choose. This holds at compile time.
//!
//! Wrong: view/enum_without_tag

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[resource(tag = "type")]
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
