//! Nothing in the JSON says which variant of an untagged enum was meant, so no value may fit two: otherwise the order in a source
//! file decides what a request means, and who moves a line changes it. Variants differ by their kind, as a text and an object,
//! or as objects: by a member that one needs and the other does not have, or by a member of both whose values differ. Where a
//! contract wants the first that fits, that is said with its reason, and documented. This holds at compile time.
//!
//! Wrong: input/variants_that_take_one_object

use secure_api::prelude::*;

#[derive(Input)]
struct Card {
    #[input(max_len = 4)]
    last4: String,
    #[input(max_len = 40)]
    holder: String,
}

#[derive(Input)]
struct Voucher {
    #[input(max_len = 4)]
    last4: String,
}

#[derive(Input)]
#[input(untagged)]
enum Payment {
    Card(Card),
    Voucher(Voucher),
}

#[derive(Input)]
struct Order {
    payment: Payment,
}
