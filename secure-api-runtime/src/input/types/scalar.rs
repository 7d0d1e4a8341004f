//! Truth and numbers. Each has one text form.

use std::fmt;

use serde::Serializer;

use crate::shape::Shape;

use crate::input::{
    Decode, Decoding, Depth, InvalidValue, Leaf, Needs, Node, Number, Rules, Texts, TypeInfo,
    wire::number::Whole,
};

pub(super) fn wrong_type(wanted: &'static str) -> InvalidValue {
    InvalidValue::new("type", wanted)
}

const WANT_BOOL: &str = "true or false is expected";

impl Decode for bool {
    const TYPE: TypeInfo = TypeInfo::needing(Needs::Truth, |rules| rules.further(Shape::Boolean));

    type Contents<D: Depth> = ();

    fn decode(node: Node<'_>, rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
        let read = match &node {
            Node::Bool(value) => Ok(*value),
            Node::Text(text) if decoding.from_query() => Self::parse(text),
            _ => Err(wrong_type(WANT_BOOL)),
        };
        decoding.admit(read.and_then(|value| rules.check_truth(value)))
    }

    fn identity(&self) -> Option<String> {
        Some(self.to_text())
    }
}

impl Leaf for bool {
    const TEXTS: Texts = Texts::Names(&["true", "false"]);

    fn parse(text: &str) -> Result<Self, InvalidValue> {
        text.parse().map_err(|_| wrong_type(WANT_BOOL))
    }

    fn write_text(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }

    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(*self)
    }

    fn admit(self, rules: &Rules) -> Result<Self, InvalidValue> {
        rules.check_truth(self)
    }
}

const WANT_WHOLE: &str = "a whole number is expected";

/// Parses a whole number in its shortest form: no `+`, no leading zeros, no `-0`.
fn parse_whole(text: &str) -> Result<i128, InvalidValue> {
    let value: i128 = text.parse().map_err(|_| wrong_type(WANT_WHOLE))?;
    if value.to_string() == text { Ok(value) } else { Err(wrong_type(WANT_WHOLE)) }
}

/// Reads a whole number. JSON has one kind of number, so `2.0` is whole, as JSON Schema has it.
fn read_whole(node: &Node<'_>, from_query: bool) -> Result<i128, InvalidValue> {
    match node {
        Node::Number(number) => match number.whole() {
            Whole::Exactly(value) => Ok(value),
            // It is out of the range of every type here, and reported as such.
            Whole::Beyond { negative } => Ok(if negative { i128::MIN } else { i128::MAX }),
            Whole::Not => Err(wrong_type(WANT_WHOLE)),
        },
        Node::Text(text) if from_query => parse_whole(text),
        _ => Err(wrong_type(WANT_WHOLE)),
    }
}

fn in_range(value: i128, rules: &Rules, lowest: i128, highest: i128) -> Result<(), InvalidValue> {
    rules.check_listed(value)?;
    let (low, high) = match &rules.range {
        Some(range) => (range.low.whole.max(lowest), range.highest().min(highest)),
        None => (lowest, highest),
    };
    if !(low..=high).contains(&value) && !crate::weakened::is("range") {
        return Err(InvalidValue::composed("range", format!("from {low} to {high}")));
    }
    // The compiler has seen that the factor is not 0.
    match rules.multiple_of {
        Some(factor) if value.checked_rem(factor.into()) != Some(0) => {
            Err(InvalidValue::composed("multiple-of", format!("a multiple of {factor}")))
        }
        Some(_) | None => Ok(()),
    }
}

fn shape_whole(rules: &Rules, lowest: i128, highest: i128) -> Shape {
    rules.further(match &rules.range {
        Some(range) => Shape::Integer { minimum: range.low.whole, maximum: range.highest() },
        None => {
            let (minimum, maximum) = rules.listed_ends().unwrap_or((lowest, highest));
            Shape::Integer { minimum, maximum }
        }
    })
}

macro_rules! whole {
    ($($kind:ident $write:ident,)*) => {$(
        impl Decode for $kind {
            const TYPE: TypeInfo = TypeInfo::needing(
                Needs::Whole { lowest: $kind::MIN as i128, highest: $kind::MAX as i128 },
                |rules| shape_whole(rules, $kind::MIN as i128, $kind::MAX as i128),
            );

            type Contents<D: Depth> = ();

            fn decode(node: Node<'_>, rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
                let value = decoding.admit(read_whole(&node, decoding.from_query()))?;
                decoding.admit(in_range(value, rules, $kind::MIN as i128, $kind::MAX as i128))?;
                // `in_range` lets nothing through that the type does not hold.
                $kind::try_from(value).ok()
            }

            fn identity(&self) -> Option<String> {
                Some(self.to_text())
            }
        }

        impl Leaf for $kind {
            const TEXTS: Texts = if $kind::MIN == 0 { Texts::Whole } else { Texts::Signed };

            fn parse(text: &str) -> Result<Self, InvalidValue> {
                $kind::try_from(parse_whole(text)?).map_err(|_| {
                    InvalidValue::composed("range", format!("from {} to {}", $kind::MIN, $kind::MAX))
                })
            }

            fn write_text(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }

            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.$write((*self).into())
            }

            fn admit(self, rules: &Rules) -> Result<Self, InvalidValue> {
                in_range(i128::from(self), rules, $kind::MIN as i128, $kind::MAX as i128)?;
                Ok(self)
            }
        }
    )*};
}

whole! {
    u8 serialize_u64, u16 serialize_u64, u32 serialize_u64, u64 serialize_u64,
    i8 serialize_i64, i16 serialize_i64, i32 serialize_i64, i64 serialize_i64,
}

const WANT_NUMBER: &str = "a number is expected";

/// Reads a number as it stands in a query or a path; Rust also reads `inf`, `NaN`, `+1`, `.5` and `1.`.
fn parse_number(text: &str) -> Result<Number<'_>, InvalidValue> {
    Number::read(text).ok_or_else(|| wrong_type(WANT_NUMBER))
}

/// Holds a number against a range: as it was sent, and as `held`, which has a narrower type's digits. The ends have these
/// digits too then: `0.1` is within `0.0..=0.1` in each type.
fn check_float(
    value: f64,
    held: f64,
    rules: &Rules,
    narrowed: fn(f64) -> f64,
) -> Result<(), InvalidValue> {
    let range = rules.range.as_ref();
    let highest = narrowed(f64::INFINITY);
    let (low, high) =
        range.map_or((-highest, highest), |range| (range.low.float, range.high.float));
    let open = range.is_some_and(|range| !range.closed);
    let is_within = |value: f64, low: f64, high: f64| {
        value.is_finite() && low <= value && if open { value < high } else { value <= high }
    };
    if is_within(value, low, high) && is_within(held, narrowed(low), narrowed(high)) {
        return Ok(());
    }
    let to = if range.is_some_and(|range| !range.closed) { "to below" } else { "to" };
    Err(InvalidValue::composed("range", format!("from {low} {to} {high}")))
}

macro_rules! float {
    ($($kind:ident $nearest:ident $write:ident,)*) => {$(
        const _: () = {
            /// Returns the nearest number that the type holds: what is beyond them is the largest.
            fn narrowed(number: f64) -> f64 {
                f64::from(number.clamp($kind::MIN.into(), $kind::MAX.into()) as $kind)
            }

            fn within(number: Number<'_>, rules: &Rules) -> Result<$kind, InvalidValue> {
                let held = number.$nearest();
                check_float(number.nearest(), held.into(), rules, narrowed).map(|()| held)
            }

            /// Returns where an open range ends: at the first number that the type holds as the end, or at the end itself.
            fn open_end(end: f64) -> f64 {
                let held = narrowed(end);
                let between = f64::midpoint((held as $kind).next_down().into(), held);
                end.min(if narrowed(between) < held { between.next_up() } else { between })
            }

            impl Decode for $kind {
                const TYPE: TypeInfo = TypeInfo::needing(Needs::Float, |rules| {
                    let (lowest, highest) = (f64::from($kind::MIN), f64::from($kind::MAX));
                    let (minimum, maximum) = match &rules.range {
                        Some(range) if range.closed => (range.low.float, range.high.float),
                        Some(range) => (range.low.float, open_end(range.high.float)),
                        None => (lowest, highest),
                    };
                    let (minimum, maximum) = (minimum.max(lowest), maximum.min(highest));
                    rules.further(Shape::Number { minimum, maximum })
                });

                type Contents<D: Depth> = ();

                fn decode(
                    node: Node<'_>,
                    rules: &Rules,
                    decoding: &mut Decoding,
                ) -> Option<Self> {
                    let number = match &node {
                        Node::Number(number) => Ok(*number),
                        Node::Text(text) if decoding.from_query() => parse_number(text),
                        _ => Err(wrong_type(WANT_NUMBER)),
                    };
                    decoding.admit(number.and_then(|number| within(number, rules)))
                }

                fn identity(&self) -> Option<String> {
                    Some(self.to_text())
                }
            }

            impl Leaf for $kind {
                const TEXTS: Texts = Texts::Number;

                fn parse(text: &str) -> Result<Self, InvalidValue> {
                    within(parse_number(text)?, &Rules::NONE)
                }

                fn write_text(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    fmt::Display::fmt(self, f)
                }

                fn restored(text: &str) -> Result<Self, InvalidValue> {
                    text.parse().map_err(|_| wrong_type(WANT_NUMBER))
                }

                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    // JSON has no text for what is no number, and `null` is no number either.
                    if !self.is_finite() {
                        return Err(serde::ser::Error::custom("a number that is none, or beyond all numbers"));
                    }
                    serializer.$write(*self)
                }

                fn parse_within(text: &str, rules: &Rules) -> Result<Self, InvalidValue> {
                    within(parse_number(text)?, rules)
                }

                fn admit(self, rules: &Rules) -> Result<Self, InvalidValue> {
                    let value = f64::from(self);
                    check_float(value, value, rules, narrowed).map(|()| self)
                }
            }
        };
    )*};
}

float! { f32 nearest_single serialize_f32, f64 nearest serialize_f64, }
