//! A value that stands in paths stands there as it is. A name with a space, a slash or a quote would have to be
//! escaped there, and what is escaped is sometimes unescaped twice. So the names of such values are letters, digits and
//! `-_.`. Elsewhere a value is what a contract calls it, of visible characters without `%`, which begins an escape. This
//! holds at compile time.
//!
//! Wrong: input/value_name_with_slash

use secure_api::prelude::*;

#[derive(Value)]
#[value(unowned = "a unit is nobody's")]
enum Unit {
    #[value(name = "km-h")]
    KilometresPerHour,
    Knots,
}
