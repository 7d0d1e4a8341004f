//! A list without a bound is as much work as somebody likes to send: a lookup, a lock or a mail for each item. So
//! each list says the fewest and the most. That the bound is there is checked at compile time; each request is
//! measured against it.
//!
//! Wrong: input/list_without_bound

use secure_api::prelude::*;

#[derive(Input)]
struct NewOrder {
    #[input(items = 0..=20, each(max_len = 10))]
    tags: Vec<String>,
}
