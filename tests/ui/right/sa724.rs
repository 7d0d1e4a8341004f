//! A view lists the variants of its enum by name, and says what leaves of each. One that is not there cannot be shown,
//! and the one that was meant would have nothing said of it. The help names the closest one that is there. This holds
//! at compile time.
//!
//! Wrong: view/variant_misspelt

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
