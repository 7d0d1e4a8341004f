//! The formats of access logs, each a function that reads a line.

use std::{borrow::Cow, net::IpAddr};

use super::json::{caddy, nginx};
use jiff::fmt::strtime::BrokenDownTime;

/// The facts of a request that a log tells. Its texts are as they were sent: what the log escaped in them is not escaped any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    /// The address of whoever was connected to the server that wrote the log.
    pub(crate) address: IpAddr,
    /// The user, where the server knew one.
    pub(crate) user: Option<Cow<'a, str>>,
    /// Nanoseconds since 1970. Most formats tell whole seconds.
    pub(crate) at: u64,
    pub(crate) method: Cow<'a, str>,
    /// The target as it was sent: mostly a path with its query.
    pub(crate) target: Cow<'a, str>,
    pub(crate) status: u16,
}

/// The letters that Apache writes for controls.
const CONTROLS: [(u8, u8); 6] =
    [(b'b', 8), (b't', b'\t'), (b'n', b'\n'), (b'v', 11), (b'f', 12), (b'r', b'\r')];

/// A format: it reads a line, or finds that this is none of its own.
type Format = for<'a> fn(&'a str) -> Option<Line<'a>>;

/// All formats, in the order in which they are asked. Lines of JSON begin with `{`, those of `common` with an address.
const FORMATS: &[Format] = &[common, caddy, nginx];

/// Reads a line; `None` where it is no request.
pub(crate) fn read(line: &str) -> Option<Line<'_>> {
    FORMATS.iter().find_map(|format| format(line))
}

/// Reads a line of the common log format, or of the combined one, of Apache and nginx:
/// `192.0.2.1 - alice [29/Nov/2026:20:42:26 +0100] "GET /v1/orders HTTP/1.1" 200 512 …`. Nothing behind the status is read.
fn common(line: &str) -> Option<Line<'_>> {
    let (address, rest) = line.split_once(' ')?;
    let (_, rest) = rest.split_once(' ')?;
    let (user, rest) = rest.split_once(" [")?;
    let (time, rest) = rest.split_once("] \"")?;
    let end = closing_quote(rest)?;
    let (method, target) = request(&rest[..end])?;
    let status = rest[end + 1..].strip_prefix(' ')?.split(' ').next()?;
    let is_status = status.len() == 3 && status.bytes().all(|byte| byte.is_ascii_digit());
    Some(Line {
        address: address.parse().ok()?,
        user: (user != "-" && !user.is_empty()).then(|| unescaped(user)),
        at: local(time)?,
        method: unescaped(method),
        target: unescaped(target),
        status: status.parse().ok().filter(|_| is_status)?,
    })
}

/// Returns the place of the quote that ends a text; one with a backslash before it is a part of the text.
fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })
}

/// Returns a text of the common format without its escapes: `\"` and `\\`, letters for some controls, and `\x22` for any other byte.
/// One that is no text then stays as it is.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return text.into();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let (byte, read) = match (first, after) {
            (b'\\', [b'x', high, low, ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => (high * 16 + low, 4),
                _ => (*first, 1),
            },
            (b'\\', [quote @ (b'"' | b'\\'), ..]) => (*quote, 2),
            (b'\\', [letter, ..]) => match CONTROLS.iter().find(|(name, _)| name == letter) {
                Some((_, control)) => (*control, 2),
                None => (*first, 1),
            },
            _ => (*first, 1),
        };
        bytes.push(byte);
        rest = &rest[read..];
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Returns method and target of a request line.
pub(super) fn request(line: &str) -> Option<(&str, &str)> {
    let mut words = line.split(' ');
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    let fits = !method.is_empty() && !target.is_empty() && version.starts_with("HTTP/");
    (fits && words.next().is_none()).then_some((method, target))
}

/// Reads `29/Nov/2026:20:42:26 +0100` as nanoseconds since 1970; none before, and none that 64 bits do not have with a limit's
/// window on top.
pub(super) fn local(time: &str) -> Option<u64> {
    let read = BrokenDownTime::parse("%d/%b/%Y:%H:%M:%S %z", time).ok()?;
    let seconds = u64::try_from(read.to_timestamp().ok()?.as_second()).ok()?;
    in_time(seconds.checked_mul(1_000_000_000)?)
}

/// Returns a time that 64 bits have with a limit's window on top.
pub(super) fn in_time(nanos: u64) -> Option<u64> {
    /// The year 2400.
    const LATEST: u64 = 13_569_465_600 * 1_000_000_000;

    (nanos < LATEST).then_some(nanos)
}
