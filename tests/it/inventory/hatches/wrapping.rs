//! A value of two forms, of which the first that fits is taken.

use secure_api::prelude::*;

#[derive(Input)]
#[input(untagged, ordered, reason = "old clients send a color, and the name of one is a text")]
pub(super) enum Wrapping {
    Color(#[input(max_len = 9)] String),
    Text(#[input(max_len = 80)] String),
}
