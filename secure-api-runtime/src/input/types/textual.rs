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
use crate::input::{
    Decode, Decoding, Depth, InvalidValue, Kinds, Leaf, Node, Rules, Texts, TypeInfo,
};
use crate::shape::Shape;

/// A value that JSON writes as text of a fixed form.
macro_rules! textual {
    ($(#[$meta:meta])* $kind:ident, $texts:ident, $format:literal, $pattern:expr, $longest:literal, $wanted:expr, $read:expr $(, $lend:expr)?) => {
        $(#[$meta])*
        impl Decode for $kind {
            const TYPE: TypeInfo = TypeInfo::bounded(|_| Shape::Text {
                min_length: 0,
                max_length: $longest,
                pattern: $pattern,
                format: Some($format),
            })
            .being(Kinds::TEXT);

            type Contents<D: Depth> = ();

            fn decode(node: Node<'_>, _rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
                let text = decoding.text(node, $wanted)?;
                decoding.admit(Self::parse(&text))
            }

            fn identity(&self) -> Option<String> {
                Some(self.to_text())
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

            fn restored(text: &str) -> Result<Self, InvalidValue> {
                text.parse().map_err(|_| wrong_type($wanted))
            }

            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }

            $(fn lend_text(&self, to: impl FnOnce(&str)) -> bool {
                $lend(self, to);
                true
            })?
        }
    };
}

textual!(IpAddr, NoWord, "ip", Some(ADDRESS), 45, "an IP address is expected", read_address);
// A type that is no value is told what to derive; of the addresses, one is example enough.
textual!(
    #[diagnostic::do_not_recommend]
    Ipv4Addr,
    NoWord,
    "ipv4",
    None,
    15,
    "an IPv4 address is expected",
    read_address
);
textual!(
    #[diagnostic::do_not_recommend]
    Ipv6Addr,
    NoWord,
    "ipv6",
    None,
    45,
    "an IPv6 address is expected",
    read_address
);
textual!(Uuid, Uuid, "uuid", None, 36, "a UUID is expected", read_uuid, hyphenated);
textual!(Timestamp, NoWord, "date-time", Some(TIMESTAMP), 35, WANT_TIMESTAMP, read_timestamp);
textual!(Date, Date, "date", None, 10, "a day in RFC 3339 is expected", read_date);

/// Lends the text of a UUID, without the detour over a formatter: most objects have one or several.
fn hyphenated(id: &Uuid, to: impl FnOnce(&str)) {
    let mut text = Uuid::encode_buffer();
    to(id.hyphenated().encode_lower(&mut text));
}

/// Times as they are read, which is narrower than RFC 3339: no leap second, and no more digits of a second than are kept. On the
/// first day and the last ones an offset leads out of what has a text; there the pattern leaves out some that are read.
const TIMESTAMP: &str = concat!(
    r"^(?!0000-01-01[^+]*\+|9999-12-(?:29[^+]{9,19}-|30(?:[Tt]2[23]|[^+]{9,19}-)|31))",
    r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]",
    r"(?:\.[0-9]{1,9})?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$"
);
const WANT_TIMESTAMP: &str =
    "a time in RFC 3339 is expected, with at most nine digits of a second and no leap second";

/// An address of either kind, as far as a pattern says it; no standard has a format for both.
const ADDRESS: &str = "^(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,40})$";

/// Parses an address in any of its texts (RFC 4291, section 2.2), without a zone: as the format of documents has it. Its own
/// text is that of RFC 5952.
fn read_address<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
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

/// Parses a `date-time` of RFC 3339, section 5.6, of which jiff reads more than there is, and some as another time: a second
/// of 60 as one of 59, offsets of more than a day, more digits of a second than it keeps.
fn read_timestamp(text: &str) -> Option<Timestamp> {
    let (start, rest) = text.as_bytes().split_at_checked(19)?;
    let digits = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let offset = match rest {
        [b'.', fraction @ ..] if (1..=9).contains(&digits(fraction)) => {
            &fraction[digits(fraction)..]
        }
        rest => rest,
    };
    let is_two =
        |digits: &[u8], most: u8| digits <= [b'0' + most / 10, b'0' + most % 10].as_slice();
    let zone = match offset {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', digits @ ..] => {
            has_form(digits, b"00:00") && is_two(&digits[..2], 23) && is_two(&digits[3..], 59)
        }
        _ => false,
    };
    let date_and_time = start.to_ascii_uppercase();
    let formed = has_form(&date_and_time, b"0000-00-00T00:00:00") && is_two(&start[17..], 59);
    if !(zone && formed) {
        return None;
    }
    let time: Timestamp = text.to_ascii_uppercase().parse().ok()?;
    // By its offset a time can lie before all years that have four digits.
    (time >= earliest()).then_some(time)
}

/// Returns the start of the year 0: an earlier time has no text in RFC 3339.
fn earliest() -> Timestamp {
    const SECONDS: i64 = -62_167_219_200;
    Timestamp::from_second(SECONDS).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Parses a `full-date` of RFC 3339, section 5.6.
fn read_date(text: &str) -> Option<Date> {
    if has_form(text.as_bytes(), b"0000-00-00") { text.parse().ok() } else { None }
}
