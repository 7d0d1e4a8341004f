//! The set of fields that were sent has 128 bits, so that twice the same field and a missing one are found in one pass.
//! An input with more fields is better several: nobody fills in a form of that size, and no one reviews it. This holds
//! at compile time.
//!
//! Wrong: input/too_many_fields

use secure_api::prelude::*;

#[derive(Input)]
struct Wide {
    first: Half,
    second: Half,
}

#[derive(Input)]
struct Half {
    f1: bool,
    f2: bool,
}
