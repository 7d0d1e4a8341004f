//! The tag and the names of variants stand in JSON and in the document, and clients are generated from them. A quote or
//! a space may be read differently by two programs, and a letter that looks like another one deceives a person. So a
//! name is what can be seen in ASCII, without what is escaped there, and without the comma that stands between names in
//! `?fields=`. This holds at compile time.
//!
//! Wrong: view/tag_with_a_space

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[resource(tag = "the_method")]
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
