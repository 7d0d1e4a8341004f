//! Amounts of money. All are in euro cents, as whole numbers: fractions of a cent do not add up.

use secure_api::prelude::*;

/// The price of one piece of a product, in cents.
#[derive(Value, Debug, Clone, Copy, PartialEq, Eq)]
#[value(range = 1..=10_000_000)]
pub struct Price(i64);

/// A sum, in cents. A loss is negative.
#[derive(Value, Debug, Clone, Copy, PartialEq, Eq)]
#[value(range = -1_000_000_000_000..=1_000_000_000_000)]
pub struct Money(i64);
