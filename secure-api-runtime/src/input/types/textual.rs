//! Values that JSON writes as text of a fixed form: addresses, UUIDs, times.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

use jiff::{Timestamp, civil::Date};
use serde::Serializer;
use uuid::Uuid;

use super::scalar::wrong_type;
use crate::input::{Decode, Decoding, Depth, InvalidValue, Leaf, Node, Rules, Texts, TypeInfo};
use crate::shape::Shape;

/// A value that JSON writes as text of a fixed form.
macro_rules! textual {
    ($(#[$meta:meta])* $kind:ident, $texts:ident, $format:literal, $longest:literal, $wanted:literal, $read:expr) => {
        $(#[$meta])*
        impl Decode for $kind {
            const TYPE: TypeInfo = TypeInfo::bounded(|_| Shape::Text {
                min_length: 0,
                max_length: $longest,
                pattern: None,
                format: Some($format),
            });

            type Contents<D: Depth> = ();

            fn decode(node: Node<'_>, _rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
                let text = decoding.text(node, $wanted)?;
                decoding.admit(Self::parse(&text))
            }
        }

        $(#[$meta])*
        impl Leaf for $kind {
            const TEXTS: Texts = Texts::$texts;

            fn parse(text: &str) -> Result<Self, InvalidValue> {
                let read: Option<Self> = $read(text);
                read.ok_or_else(|| wrong_type($wanted))
            }

            fn write_text(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }

            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    };
}

textual!(IpAddr, NoWord, "ip", 39, "an IP address is expected", read_address);
// A type that is no value is told what to derive; of the addresses, one is example enough.
textual!(
    #[diagnostic::do_not_recommend]
    Ipv4Addr,
    NoWord,
    "ipv4",
    15,
    "an IPv4 address is expected",
    read_address
);
textual!(
    #[diagnostic::do_not_recommend]
    Ipv6Addr,
    NoWord,
    "ipv6",
    39,
    "an IPv6 address is expected",
    read_address
);
textual!(Uuid, Uuid, "uuid", 36, "a UUID is expected", read_uuid);
textual!(Timestamp, NoWord, "date-time", 35, "a time in RFC 3339 is expected", read_timestamp);
textual!(Date, Date, "date", 10, "a day in RFC 3339 is expected", read_date);

/// Parses an address in its canonical text (RFC 5952), hexadecimal digits of either case, no zone.
fn read_address<T: FromStr + fmt::Display>(text: &str) -> Option<T> {
    let address: T = text.parse().ok()?;
    address.to_string().eq_ignore_ascii_case(text).then_some(address)
}

/// Parses a UUID in its hyphenated form alone; hexadecimal digits of either case (RFC 9562, section 4).
fn read_uuid(text: &str) -> Option<Uuid> {
    if text.len() == 36 { Uuid::try_parse(text).ok() } else { None }
}

/// Returns `true` if each character is of the kind that the form has at its place: `0` stands for a digit.
fn has_form(text: &[u8], form: &[u8]) -> bool {
    let fits = |(byte, form): (&u8, &u8)| match form {
        b'0' => byte.is_ascii_digit(),
        _ => byte == form,
    };
    text.len() == form.len() && text.iter().zip(form).all(fits)
}

/// Parses a `date-time` of RFC 3339, section 5.6, of which jiff reads more than there is: upper case, a `T`, an offset,
/// at most nine digits of a second's fraction.
fn read_timestamp(text: &str) -> Option<Timestamp> {
    let (start, rest) = text.as_bytes().split_at_checked(19)?;
    let digits = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let offset = match rest {
        [b'.', fraction @ ..] if (1..=9).contains(&digits(fraction)) => {
            &fraction[digits(fraction)..]
        }
        rest => rest,
    };
    let zone = offset == b"Z" || has_form(offset, b"+00:00") || has_form(offset, b"-00:00");
    let formed = has_form(start, b"0000-00-00T00:00:00") && zone;
    if formed { text.parse().ok() } else { None }
}

/// Parses a `full-date` of RFC 3339, section 5.6.
fn read_date(text: &str) -> Option<Date> {
    if has_form(text.as_bytes(), b"0000-00-00") { text.parse().ok() } else { None }
}
