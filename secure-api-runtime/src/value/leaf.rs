//! The common code of texts of a fixed form: parsing, writing and display.

use crate::input::{InvalidValue, Rules};

/// Makes a newtype around a `String` a leaf. `read` takes the text as it was sent and gives the one form of it. Where its fewest and most
/// characters are `lengths`, a field may state fewer than these.
macro_rules! text_value {
    (
        [$($generics:tt)*] $name:ty, wanted: $wanted:literal, code: $code:literal,
        lengths: $shortest:literal..=$longest:expr, format: $format:literal,
        texts: $texts:ident, read: $read:expr, debug: $debug:expr $(,)?
    ) => {
        text_value! {
            [$($generics)*] $name, wanted: $wanted, code: $code,
            info: crate::input::TypeInfo::needing(
                crate::input::Needs::Formed { shortest: $shortest, longest: $longest },
                |rules| crate::shape::Shape::Text {
                    min_length: $shortest,
                    max_length: crate::value::leaf::longest(rules, $longest) as u64,
                    pattern: None,
                    format: Some($format),
                },
            ),
            texts: $texts, read: $read, debug: $debug,
        }
    };
    (
        [$($generics:tt)*] $name:ty, wanted: $wanted:literal, code: $code:literal,
        shape: $shape:expr, texts: $texts:ident, read: $read:expr, debug: $debug:expr $(,)?
    ) => {
        text_value! {
            [$($generics)*] $name, wanted: $wanted, code: $code,
            info: crate::input::TypeInfo::bounded(|_| $shape),
            texts: $texts, read: $read, debug: $debug,
        }
    };
    (
        [$($generics:tt)*] $name:ty, wanted: $wanted:literal, code: $code:literal,
        info: $info:expr, texts: $texts:ident, read: $read:expr, debug: $debug:expr $(,)?
    ) => {
        impl<$($generics)*> $name {
            /// Returns the text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        // A type that is no value is told what to derive, not which values there are.
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> crate::input::Decode for $name {
            const TYPE: crate::input::TypeInfo = $info
                .texts(<Self as crate::input::Leaf>::TEXTS)
                .being(crate::input::Kinds::TEXT);

            type Contents<D: crate::input::Depth> = ();

            fn decode(
                node: crate::input::Node<'_>,
                rules: &crate::input::Rules,
                decoding: &mut crate::input::Decoding,
            ) -> Option<Self> {
                let text = decoding.text(node, "text is expected")?;
                decoding.admit(<Self as crate::input::Leaf>::parse_within(&text, rules))
            }

            fn identity(&self) -> Option<String> {
                Some(self.0.clone())
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($generics)*> crate::input::Leaf for $name {
            const TEXTS: crate::input::Texts = crate::input::Texts::$texts;

            fn parse(text: &str) -> Result<Self, crate::input::InvalidValue> {
                let read: Option<String> = $read(text);
                read.map(Self).ok_or_else(|| crate::input::InvalidValue::new($code, $wanted))
            }

            fn write_text(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }

            fn restored(text: &str) -> Result<Self, crate::input::InvalidValue> {
                Ok(Self(text.to_owned()))
            }

            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }

            fn lend_text(&self, to: impl FnOnce(&str)) -> bool {
                to(&self.0);
                true
            }

            fn admit(
                self,
                rules: &crate::input::Rules,
            ) -> Result<Self, crate::input::InvalidValue> {
                crate::value::leaf::admit(&self.0, rules).map(|()| self)
            }
        }

        impl<$($generics)*> std::str::FromStr for $name {
            type Err = crate::input::InvalidValue;

            fn from_str(text: &str) -> Result<Self, crate::input::InvalidValue> {
                crate::input::Leaf::parse(text)
            }
        }

        impl<$($generics)*> std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<$($generics)*> std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let show: fn(&Self, &mut std::fmt::Formatter<'_>) -> std::fmt::Result = $debug;
                show(self, f)
            }
        }

        __value_serde!([$($generics)*] $name);
        __value_column!([$($generics)*] $name);

        impl<$($generics)*> AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl<$($generics)*> From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}

pub(super) use text_value;

/// Returns the most characters of a form, or fewer where a field states it.
pub(super) fn longest(rules: &Rules, longest: usize) -> usize {
    rules.longest().map_or(longest, |stated| stated.min(longest))
}

/// Refuses a text that is longer than a field states.
pub(super) fn admit(text: &str, rules: &Rules) -> Result<(), InvalidValue> {
    match rules.longest() {
        Some(most) if text.chars().count() > most && !crate::weakened::is("length") => {
            Err(InvalidValue::composed("length", format!("at most {most} characters")))
        }
        Some(_) | None => Ok(()),
    }
}

/// Returns `true` if a text is one line without control characters and without those that turn the direction of
/// writing.
pub(super) fn is_plain_line(text: &str) -> bool {
    !text.chars().any(crate::input::is_unwanted)
}
