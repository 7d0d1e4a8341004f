//! A name for what lacks its feature. It is no value of inputs and views, and whoever makes it one is told of the feature; all
//! else that a program does with it compiles, so that nothing more is told.

use std::{convert::Infallible, fmt, str::FromStr};

use crate::input::InvalidValue;

/// HTML by people. The feature `html` is off here, so there is none.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RichTextWithoutHtml<const MAX: usize>(Infallible);

impl<const MAX: usize> RichTextWithoutHtml<MAX> {
    /// Returns the text.
    pub fn as_str(&self) -> &str {
        match self.0 {}
    }
}

impl<const MAX: usize> AsRef<str> for RichTextWithoutHtml<MAX> {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl<const MAX: usize> fmt::Display for RichTextWithoutHtml<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<const MAX: usize> From<RichTextWithoutHtml<MAX>> for String {
    fn from(text: RichTextWithoutHtml<MAX>) -> Self {
        text.as_str().to_owned()
    }
}

impl<const MAX: usize> FromStr for RichTextWithoutHtml<MAX> {
    type Err = InvalidValue;

    fn from_str(_: &str) -> Result<Self, InvalidValue> {
        Err(InvalidValue::new("type", "there is no HTML without the feature `html`"))
    }
}
