//! A value is a newtype over something whose form and bounds are known: a number, a text, a UUID, another value.
//! They are checked wherever it comes in, and shown in the document. Over any other type there would be nothing to
//! check. This holds at compile time.
//!
//! Wrong: input/value_of_foreign_type

use secure_api::prelude::*;

#[derive(Value)]
#[value(range = 0..=50_000)]
struct Grams(u32);

#[derive(Value)]
struct Weight(Grams);
