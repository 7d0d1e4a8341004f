//! Mass assignment is when a caller sets what is not theirs to set: the owner, the role, the id, the time of
//! creation. Fields with such names are refused in an input. Where one is meant, as in an import, the reason is
//! written beside it. The check knows names and not meanings, so it finds the usual ones; that other fields stay
//! out is what listing them is for. This holds at compile time.
//!
//! Wrong: input/read_only_field

use secure_api::prelude::*;

#[derive(Input)]
struct NewOrder {
    #[input(allow(read_only, reason = "an import keeps the owner"), max_len = 30)]
    owner: String,
    #[input(max_len = 300)]
    note: Option<String>,
}
