//! A view of an enum names every variant, as a `match` does. A variant that is added later is not shown by accident:
//! the program does not compile until somebody has decided which of its fields leave. A view that extends another one
//! has the variants of that one, and names only those of which it shows more. This holds at compile time.
//!
//! Wrong: view/variant_forgotten

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
