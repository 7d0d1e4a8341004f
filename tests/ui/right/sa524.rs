//! An exception where nothing is forbidden hides a later mistake: the day the field is renamed to `owner`, nobody
//! is asked. The same goes for an exception without a reason, which is SA103. This holds at compile time.
//!
//! Wrong: input/allow_after_a_rename

use secure_api::prelude::*;

#[derive(Input)]
struct Import {
    #[input(max_len = 30)]
    customer: String,
}
