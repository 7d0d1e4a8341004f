//! Truth and numbers. Each has one text form.

use std::fmt;

use serde::Serializer;

use crate::shape::Shape;

use crate::input::{
    Decode, Decoding, Depth, InvalidValue, Leaf, Needs, Node, Number, Rules, Texts, TypeInfo,
};

/// The largest whole number up to which a fraction of zero means that exactly this number was sent.
const EXACT: f64 = 9_007_199_254_740_992.0;

pub(super) fn wrong_type(wanted: &'static str) -> InvalidValue {
    InvalidValue::new("type", wanted)
}

const WANT_BOOL: &str = "true or false is expected";

impl Decode for bool {
    const TYPE: TypeInfo = TypeInfo::bounded(|_| Shape::Boolean);

    type Contents<D: Depth> = ();

    fn decode(node: Node<'_>, _rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
        let read = match &node {
            Node::Bool(value) => Ok(*value),
            Node::Text(text) if decoding.from_query() => Self::parse(text),
            _ => Err(wrong_type(WANT_BOOL)),
        };
        decoding.admit(read)
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
        Node::Number(Number::Whole(value)) => Ok(*value),
        Node::Number(Number::Float(value)) if value.fract() == 0.0 => {
            // Beyond what is exact it is out of the range of every type here, and reported as such.
            Ok(if value.abs() <= EXACT { *value as i128 } else { i128::MAX })
        }
        Node::Text(text) if from_query => parse_whole(text),
        _ => Err(wrong_type(WANT_WHOLE)),
    }
}

fn in_range(value: i128, rules: &Rules, lowest: i128, highest: i128) -> Result<(), InvalidValue> {
    let (low, high) = match &rules.range {
        Some(range) => (range.low.whole.max(lowest), range.highest().min(highest)),
        None => (lowest, highest),
    };
    if !(low..=high).contains(&value) {
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
        None => Shape::Integer { minimum: lowest, maximum: highest },
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
        }

        impl Leaf for $kind {
            const TEXTS: Texts = Texts::Whole;

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

fn parse_float(text: &str) -> Result<f64, InvalidValue> {
    // Rust also reads `inf`, `NaN`, `+1`, `.5` and `1.`, which are no numbers in JSON.
    let number: serde_json::Number = text.parse().map_err(|_| wrong_type(WANT_NUMBER))?;
    number.as_f64().ok_or_else(|| wrong_type(WANT_NUMBER))
}

fn check_float(value: f64, rules: &Rules, highest: f64) -> Result<f64, InvalidValue> {
    let range = rules.range.as_ref();
    let (low, high) =
        range.map_or((-highest, highest), |range| (range.low.float, range.high.float));
    let below = match range {
        Some(range) if !range.closed => value < high,
        Some(_) | None => value <= high,
    };
    if value.is_finite() && low <= value && below {
        return Ok(value);
    }
    let to = if range.is_some_and(|range| !range.closed) { "to below" } else { "to" };
    Err(InvalidValue::composed("range", format!("from {low} {to} {high}")))
}

macro_rules! float {
    ($($kind:ident $write:ident,)*) => {$(
        impl Decode for $kind {
            const TYPE: TypeInfo = TypeInfo::needing(Needs::Float, |rules| {
                let range = rules.range.as_ref();
                let all = (f64::from($kind::MIN), f64::from($kind::MAX));
                let (minimum, maximum) =
                    range.map_or(all, |range| (range.low.float, range.high.float));
                rules.further(Shape::Number { minimum, maximum })
            });

            type Contents<D: Depth> = ();

            fn decode(node: Node<'_>, rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
                let read = match &node {
                    Node::Number(Number::Whole(value)) => Ok(*value as f64),
                    Node::Number(Number::Float(value)) => Ok(*value),
                    Node::Text(text) if decoding.from_query() => parse_float(text),
                    _ => Err(wrong_type(WANT_NUMBER)),
                };
                let value = decoding.admit(read)?;
                decoding.admit(check_float(value, rules, $kind::MAX.into())).map(|value| value as $kind)
            }
        }

        impl Leaf for $kind {
            const TEXTS: Texts = Texts::Number;

            fn parse(text: &str) -> Result<Self, InvalidValue> {
                let value = check_float(parse_float(text)?, &Rules::NONE, $kind::MAX.into())?;
                Ok(value as $kind)
            }

            fn write_text(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }

            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.$write(*self)
            }

            fn admit(self, rules: &Rules) -> Result<Self, InvalidValue> {
                check_float(self.into(), rules, $kind::MAX.into()).map(|_| self)
            }
        }
    )*};
}

float! { f32 serialize_f32, f64 serialize_f64, }
