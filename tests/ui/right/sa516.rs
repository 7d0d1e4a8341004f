//! A value stands in a path, a query or a log as it is. A name with a space, a slash or a quote would have to be
//! escaped there, and what is escaped is sometimes unescaped twice. So names are letters, digits and `-_.`. This
//! holds at compile time.
//!
//! Wrong: input/value_name_with_slash

use secure_api::prelude::*;

#[derive(Value)]
enum Unit {
    #[value(name = "km-h")]
    KilometresPerHour,
    Knots,
}
