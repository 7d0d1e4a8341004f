//! The fault of a value of the app's own, as serde makes it: without the value.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

/// The most letters of a message that a type of the app makes.
const LONGEST: usize = 200;

/// The fault of a value.
#[derive(Debug)]
pub(super) enum Fault {
    /// A value that does not fit: what it is, as `not a text`.
    Unfit(String),
    /// The same in words of a type of the app's, which may repeat the value.
    Said(String),
    /// A field that is not there.
    Missing(&'static str),
    /// A fault that was told with its place.
    Told,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unfit(why) | Self::Said(why) => f.write_str(why),
            Self::Missing(field) => write!(f, "without `{field}`"),
            Self::Told => f.write_str("wrong"),
        }
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Said(format!("not fit: {message}"))
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Said(format!("not {expected}"))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Said(format!("not {expected}"))
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Self::Said(format!("not {expected}"))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::Unfit(format!("not one of `{}`", expected.join("`, `")))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }
}

/// Returns a message that a type of the app makes, in one line.
pub(super) fn shown(message: &str) -> String {
    let plain = |letter: char| if letter.is_control() { '\u{fffd}' } else { letter };
    message.chars().take(LONGEST).map(plain).collect()
}
