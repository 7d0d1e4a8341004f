//! An exception where nothing is forbidden hides a later mistake: the day the field is renamed to `owner`, nobody
//! is asked. The same goes for an exception without a reason, which is SA103. This holds at compile time.
//!
//! Wrong: input/allow_of_nothing

use secure_api::prelude::*;

#[derive(Input)]
struct NewOrder {
    #[input(max_len = 9)]
    note: String,
    #[input(
        max_len = 9,
        allow(plain_secret, reason = "the number on the voucher, which is printed")
    )]
    token: String,
    #[input(max_len = 9, allow(read_only, reason = "an import keeps the owner"))]
    owner: String,
}
