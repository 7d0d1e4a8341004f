//! A number with a fraction that is exact.

use std::{fmt, str::FromStr};

use serde::Serializer;

use crate::{
    input::{
        Decode, Decoding, Depth, InvalidValue, Kinds, Leaf, Needs, Node, RangeEnd, Rules, Texts,
        TypeInfo,
    },
    shape::Shape,
};

/// Most digits, in front of the point and behind it together.
const MOST_DIGITS: usize = 28;
/// Longest text: digits, sign and point.
const LONGEST: usize = MOST_DIGITS + 2;

/// An exact decimal number of up to 28 digits, where a binary fraction would round: amounts, rates, weights.
///
/// In JSON it is a text, since readers of JSON round numbers: an optional `-`, digits without leading zeros, and
/// `.` with digits where there is a fraction. No exponent, no `+`, no `-0`. The digits behind the point are kept as
/// they were sent, `1.50` too. As a field of an input it needs a `range`.
///
/// ```
/// use secure_api::{input::Input, prelude::*, value::Decimal};
///
/// #[derive(Input)]
/// struct Rate {
///     #[input(range = 0..=100)]
///     percent: Decimal,
/// }
///
/// let rate: Rate = secure_api::input::decode_body(br#"{"percent": "7.50"}"#).map_err(|_| "refused")?;
/// assert_eq!(rate.percent.to_string(), "7.50");
/// assert!("1e3".parse::<Decimal>().is_err());
/// # Ok::<_, &str>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Decimal(rust_decimal::Decimal);

/// Numbers, of which zero has no sign.
const PATTERN: &str = r"^(?:0(?:\.[0-9]{1,27})?|-?[1-9][0-9]{0,27}(?:\.[0-9]{1,27})?|-0\.[0-9]{0,26}[1-9][0-9]{0,26})$";
const WANTED: &str = "a decimal number as text is expected, as \"12.50\"";

impl Decimal {
    /// Creates `digits` with the last `scale` of them behind the point: `new(1250, 2)` is 12.50. Nothing where there
    /// would be more than 28 of them behind it.
    pub fn new(digits: i64, scale: u32) -> Option<Self> {
        rust_decimal::Decimal::try_new(digits, scale).ok().map(Self)
    }

    /// Returns the number, for arithmetic by the `rust_decimal` crate.
    pub const fn get(self) -> rust_decimal::Decimal {
        self.0
    }

    /// Returns the number of digits behind the point.
    pub const fn scale(self) -> u32 {
        self.0.scale()
    }
}

/// Converts any such number; one of more than 28 digits is a mistake of the app that parsing the text would show.
impl From<rust_decimal::Decimal> for Decimal {
    fn from(number: rust_decimal::Decimal) -> Self {
        Self(number)
    }
}

/// Reads the number of a text in the one form there is.
pub(super) fn read(text: &str) -> Option<rust_decimal::Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let all_digits =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let count = whole.len() + fraction.map_or(0, str::len);
    let formed = count <= MOST_DIGITS
        && all_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(all_digits);
    if !formed {
        return None;
    }
    let number = rust_decimal::Decimal::from_str(text).ok()?;
    let negative_zero = text.starts_with('-') && number.is_zero();
    (!negative_zero).then_some(number)
}

/// Holds a number against a range.
pub(super) fn within(number: rust_decimal::Decimal, rules: &Rules) -> Result<(), InvalidValue> {
    let Some((low, high, closed)) = rules.ends() else { return Ok(()) };
    // A decimal has up to 28 digits: an end beyond all of them is one that none reaches, or all do.
    let above_low = end(low).map_or(low.is_negative(), |low| low <= number);
    let below_high = end(high)
        .map_or(!high.is_negative(), |high| if closed { number <= high } else { number < high });
    if above_low && below_high {
        return Ok(());
    }
    let to = if closed { "to" } else { "to below" };
    Err(InvalidValue::composed("range", format!("from {low} {to} {high}")))
}

/// Returns an end as it was written: a fraction by its shortest text, `0.1` and not the binary one beside it.
fn end(end: RangeEnd) -> Option<rust_decimal::Decimal> {
    rust_decimal::Decimal::from_str(&end.to_string()).ok()
}

impl Decode for Decimal {
    const TYPE: TypeInfo = TypeInfo::needing(Needs::Float, |rules| {
        rules.further(Shape::Text {
            min_length: 1,
            max_length: LONGEST as u64,
            pattern: Some(PATTERN),
            format: Some("decimal"),
        })
    })
    .being(Kinds::TEXT);

    type Contents<D: Depth> = ();

    fn decode(node: Node<'_>, rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
        let text = decoding.text(node, WANTED)?;
        decoding.admit(Self::parse_within(&text, rules))
    }

    fn identity(&self) -> Option<String> {
        Some(self.0.normalize().to_string())
    }
}

impl Leaf for Decimal {
    const TEXTS: Texts = Texts::Number;

    fn parse(text: &str) -> Result<Self, InvalidValue> {
        read(text).map(Self).ok_or_else(|| InvalidValue::new("decimal", WANTED))
    }

    fn write_text(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }

    fn restored(text: &str) -> Result<Self, InvalidValue> {
        let number = rust_decimal::Decimal::from_str_exact(text).map(Self);
        number.map_err(|_| InvalidValue::new("decimal", WANTED))
    }

    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }

    fn admit(self, rules: &Rules) -> Result<Self, InvalidValue> {
        within(self.0, rules)?;
        Ok(self)
    }
}

impl FromStr for Decimal {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        Leaf::parse(text)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_text(f)
    }
}

__value_serde!([] Decimal);
__value_column!([] Decimal);
