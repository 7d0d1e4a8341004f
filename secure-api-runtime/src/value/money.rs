//! An amount of money: never without its currency, never with a fraction that the currency does not have.

use std::{fmt, str::FromStr};

use serde::Serializer;

use super::decimal;
use crate::{
    input::{
        Decode, Decoding, Depth, InvalidValue, Kinds, Leaf, Needs, Node, Rules, Texts, TypeInfo,
    },
    shape::Shape,
};

/// A currency of ISO 4217, by its three letters. Funds, metals and test codes are none.
///
/// ```
/// use secure_api::value::Currency;
///
/// let yen: Currency = "JPY".parse()?;
/// assert_eq!((yen.code(), yen.digits()), ("JPY", 0));
/// assert!("jpy".parse::<Currency>().is_err() && "XXX".parse::<Currency>().is_err());
/// # Ok::<_, secure_api::input::InvalidValue>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency(u8);

/// The active currencies of ISO 4217 in 2026, in the order of their codes.
const CODES: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BHD",
    "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF",
    "CLP", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN",
    "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD",
    "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES",
    "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL",
    "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN",
    "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP",
    "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK",
    "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT",
    "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VED", "VES",
    "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
];

/// The currencies without a smaller unit, and those with one of a thousandth; all others have hundredths.
const WITHOUT_FRACTION: &[&str] = &[
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV",
    "XAF", "XOF", "XPF",
];
const WITH_THOUSANDTHS: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

const WANT_CURRENCY: &str = "a currency of ISO 4217 is expected, as \"EUR\"";

impl Currency {
    /// Returns its three letters.
    pub fn code(self) -> &'static str {
        // Only the table gives places out.
        CODES.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// Returns the number of digits that its amounts have behind the point.
    pub fn digits(self) -> u32 {
        let code = self.code();
        if WITHOUT_FRACTION.contains(&code) {
            0
        } else if WITH_THOUSANDTHS.contains(&code) {
            3
        } else {
            2
        }
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Currency({})", self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        Leaf::parse(text)
    }
}

impl Decode for Currency {
    const TYPE: TypeInfo = TypeInfo::bounded(|_| Shape::Choice(CODES)).being(Kinds::words(CODES));

    type Contents<D: Depth> = ();

    fn decode(node: Node<'_>, _rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
        let text = decoding.text(node, WANT_CURRENCY)?;
        decoding.admit(Self::parse(&text))
    }

    fn identity(&self) -> Option<String> {
        Some(self.to_text())
    }
}

impl Leaf for Currency {
    const TEXTS: Texts = Texts::Names(CODES);

    fn parse(text: &str) -> Result<Self, InvalidValue> {
        let place = CODES.binary_search(&text).ok().and_then(|place| u8::try_from(place).ok());
        place.map(Self).ok_or_else(|| InvalidValue::new("currency", WANT_CURRENCY))
    }

    fn write_text(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }

    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// An amount of money in a currency, exact, in whole smallest units.
///
/// In JSON it is one text, so that path, query, body and view have the same: the currency, a space, the amount with
/// just the digits that the currency has: `"EUR 12.50"`, `"JPY 1250"`, `"EUR -3.00"`. Up to 15 digits stand in
/// front of the point. As a field of an input it needs a `range`, which is that of the amount: an amount that
/// nobody meant to be negative is an old way to be paid for buying.
///
/// ```
/// use secure_api::{input::Input, prelude::*, value::Money};
///
/// #[derive(Input)]
/// struct Offer {
///     #[input(range = 1..=10_000)]
///     price: Money,
/// }
///
/// let offer: Offer = secure_api::input::decode_body(br#"{"price": "EUR 12.50"}"#).map_err(|_| "refused")?;
/// assert_eq!((offer.price.currency().code(), offer.price.minor()), ("EUR", 1250));
/// for text in ["12.50", "EUR 12.5", "EUR 12,50", "JPY 12.50", "XXX 1.00", "EUR  1.00"] {
///     assert!(text.parse::<Money>().is_err());
/// }
/// # Ok::<_, &str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Most digits in front of the point. With three behind it, a 64-bit number holds them.
const MOST_DIGITS: usize = 15;

/// The texts of amounts, each with as many digits as its currency has, and of which zero has no sign.
const PATTERN: &str = concat!(
    "^(?:(?:",
    "AED|AFN|ALL|AMD|AOA|ARS|AUD|AWG|AZN|BAM|BBD|BDT|BMD|BND|BOB|BRL|BSD|BTN|BWP|BYN|BZD|CAD|CDF|CHF|CNY|",
    "COP|CRC|CUP|CVE|CZK|DKK|DOP|DZD|EGP|ERN|ETB|EUR|FJD|FKP|GBP|GEL|GHS|GIP|GMD|GTQ|GYD|HKD|HNL|HTG|HUF|",
    "IDR|ILS|INR|IRR|JMD|KES|KGS|KHR|KPW|KYD|KZT|LAK|LBP|LKR|LRD|LSL|MAD|MDL|MGA|MKD|MMK|MNT|MOP|MRU|MUR|",
    "MVR|MWK|MXN|MYR|MZN|NAD|NGN|NIO|NOK|NPR|NZD|PAB|PEN|PGK|PHP|PKR|PLN|QAR|RON|RSD|RUB|SAR|SBD|SCR|SDG|",
    "SEK|SGD|SHP|SLE|SOS|SRD|SSP|STN|SVC|SYP|SZL|THB|TJS|TMT|TOP|TRY|TTD|TWD|TZS|UAH|USD|UYU|UZS|VED|VES|",
    "WST|XCD|XCG|YER|ZAR|ZMW|ZWG",
    r") (?:0\.[0-9]{2}|-?[1-9][0-9]{0,14}\.[0-9]{2}|-0\.(?:0[1-9]|[1-9][0-9]))|(?:",
    "BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|VND|VUV|XAF|XOF|XPF",
    r") (?:0|-?[1-9][0-9]{0,14})|(?:",
    "BHD|IQD|JOD|KWD|LYD|OMR|TND",
    r") (?:0\.[0-9]{3}|-?[1-9][0-9]{0,14}\.[0-9]{3}|-0\.(?:[0-9]{2}[1-9]|[0-9][1-9][0-9]|[1-9][0-9]{2})))$",
);
const WANTED: &str = "a currency and its amount are expected, as \"EUR 12.50\"";

impl Money {
    /// Creates an amount in smallest units, as cents. Nothing where it has more than 15 digits in front of the point.
    pub fn new(minor: i64, currency: Currency) -> Option<Self> {
        let most = 10_i64.pow(MOST_DIGITS as u32 + currency.digits());
        (minor.unsigned_abs() < most.unsigned_abs()).then_some(Self { minor, currency })
    }

    /// Returns the amount in smallest units, as cents.
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// Returns the currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Returns the amount as a decimal number.
    pub fn amount(self) -> rust_decimal::Decimal {
        rust_decimal::Decimal::new(self.minor, self.currency.digits())
    }

    /// Returns the sum of two amounts of one currency. Nothing where they are of two, or the sum is too large.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.currency != other.currency {
            return None;
        }
        Self::new(self.minor.checked_add(other.minor)?, self.currency)
    }

    /// Multiplies the amount. Nothing where it is too large.
    pub fn checked_mul(self, times: i64) -> Option<Self> {
        Self::new(self.minor.checked_mul(times)?, self.currency)
    }
}

fn read(text: &str) -> Option<Money> {
    let (code, amount) = text.split_once(' ')?;
    let currency: Currency = code.parse().ok()?;
    if amount.len() > MOST_DIGITS + 5 {
        return None;
    }
    let number = decimal::read(amount)?;
    let minor = number.mantissa().try_into().ok()?;
    // The scale is that of the text, so all of the currency's digits were there.
    if number.scale() == currency.digits() { Money::new(minor, currency) } else { None }
}

impl Decode for Money {
    const TYPE: TypeInfo = TypeInfo::needing(Needs::Float, |rules| {
        rules.further(Shape::Text {
            min_length: 5,
            max_length: (MOST_DIGITS + 9) as u64,
            pattern: Some(PATTERN),
            format: Some("money"),
        })
    })
    .being(Kinds::TEXT);

    type Contents<D: Depth> = ();

    fn decode(node: Node<'_>, rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
        let text = decoding.text(node, WANTED)?;
        decoding.admit(Self::parse_within(&text, rules))
    }

    fn identity(&self) -> Option<String> {
        Some(self.to_text())
    }
}

impl Leaf for Money {
    const TEXTS: Texts = Texts::NoWord;

    fn parse(text: &str) -> Result<Self, InvalidValue> {
        read(text).ok_or_else(|| InvalidValue::new("money", WANTED))
    }

    fn write_text(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, self.amount())
    }

    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }

    fn admit(self, rules: &Rules) -> Result<Self, InvalidValue> {
        decimal::within(self.amount(), rules)?;
        Ok(self)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Money({self})")
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_text(f)
    }
}

impl FromStr for Money {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        Leaf::parse(text)
    }
}

__value_serde!([] Currency);
__value_column!([] Currency);
__value_serde!([] Money);
__value_column!([] Money);
