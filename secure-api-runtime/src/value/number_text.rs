//! A whole number that JSON writes as text.

use std::{fmt, str::FromStr};

use serde::Serializer;

use crate::{
    input::{
        Decode, Decoding, Depth, InvalidValue, Kinds, Leaf, Needs, Node, Rules, Texts, TypeInfo,
    },
    shape::Shape,
};

/// A whole number that is a text in JSON, as `"9007199254740993"`: readers of JSON round a number beyond 2^53.
///
/// `T` is a whole number of at most 64 bits. It has one text: digits without leading zeros, and `-` before those of a
/// number below 0. As a field of an input it needs a `range`. A [`Decimal`](super::Decimal) is a text by itself.
///
/// ```
/// use secure_api::{input::decode_body, prelude::*, value::NumberText};
///
/// #[derive(Input)]
/// struct Charge {
///     #[input(range = 1..=9_223_372_036_854_775_807)]
///     nanos: NumberText<u64>,
/// }
///
/// let charge: Charge = decode_body(br#"{"nanos": "9007199254740993"}"#).map_err(|_| "refused")?;
/// assert_eq!(charge.nanos.get(), 9_007_199_254_740_993);
/// assert!(decode_body::<Charge>(br#"{"nanos": 7}"#).is_err());
/// # Ok::<_, &str>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct NumberText<T>(T);

const WANTED: &str = "a whole number as text is expected, as \"12\"";

impl<T: Copy> NumberText<T> {
    /// Creates the text of a number.
    pub const fn new(number: T) -> Self {
        Self(number)
    }

    /// Returns the number.
    pub const fn get(self) -> T {
        self.0
    }
}

impl<T> From<T> for NumberText<T> {
    fn from(number: T) -> Self {
        Self(number)
    }
}

impl<T: fmt::Display> fmt::Display for NumberText<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

macro_rules! number_texts {
    ($($kind:ident $format:literal $longest:literal $pattern:literal,)*) => {$(
        // A type that is no value is told what to derive, not which numbers there are.
        #[diagnostic::do_not_recommend]
        impl Decode for NumberText<$kind> {
            const TYPE: TypeInfo = TypeInfo::needing(
                Needs::Whole { lowest: $kind::MIN as i128, highest: $kind::MAX as i128 },
                |rules| {
                    rules.further(Shape::Text {
                        min_length: 1,
                        max_length: $longest,
                        pattern: Some($pattern),
                        format: Some($format),
                    })
                },
            )
            .being(Kinds::TEXT);

            type Contents<D: Depth> = ();

            fn decode(node: Node<'_>, rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
                let text = decoding.text(node, WANTED)?;
                decoding.admit(Self::parse_within(&text, rules))
            }

            fn identity(&self) -> Option<String> {
                Some(self.0.to_string())
            }
        }

        #[diagnostic::do_not_recommend]
        impl Leaf for NumberText<$kind> {
            const TEXTS: Texts = <$kind as Leaf>::TEXTS;

            fn parse(text: &str) -> Result<Self, InvalidValue> {
                <$kind as Leaf>::parse(text).map(Self)
            }

            fn write_text(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }

            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }

            fn admit(self, rules: &Rules) -> Result<Self, InvalidValue> {
                self.0.admit(rules).map(Self)
            }
        }

        impl FromStr for NumberText<$kind> {
            type Err = InvalidValue;

            fn from_str(text: &str) -> Result<Self, InvalidValue> {
                Leaf::parse(text)
            }
        }

        __value_serde!([] NumberText<$kind>);
        __value_column!([] NumberText<$kind>);
    )*};
}

number_texts! {
    u8 "uint64" 3 "^(?:0|[1-9][0-9]{0,2})$",
    u16 "uint64" 5 "^(?:0|[1-9][0-9]{0,4})$",
    u32 "uint64" 10 "^(?:0|[1-9][0-9]{0,9})$",
    u64 "uint64" 20 "^(?:0|[1-9][0-9]{0,19})$",
    i8 "int64" 4 "^(?:0|-?[1-9][0-9]{0,2})$",
    i16 "int64" 6 "^(?:0|-?[1-9][0-9]{0,4})$",
    i32 "int64" 11 "^(?:0|-?[1-9][0-9]{0,9})$",
    i64 "int64" 20 "^(?:0|-?[1-9][0-9]{0,18})$",
}
