//! The trace that a request is part of, as services tell it to each other (W3C Trace Context, <https://www.w3.org/TR/trace-context/>).
//!
//! Both fields come from outside, and go to the log and to other services. What is not well-formed is taken for absent: nobody is
//! refused for it, and nothing of it is passed on.

use std::{fmt, str};

use http::{HeaderMap, HeaderName, HeaderValue};

use super::request_id::next_id;

/// Carries the trace and the caller's span (section 3.2).
pub(crate) const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// Carries what systems of traces say of it to each other (section 3.3).
pub(crate) const TRACESTATE: HeaderName = HeaderName::from_static("tracestate");

/// The length of a `traceparent` of version 00: `00-`, 32 digits, `-`, 16 digits, `-`, 2 digits.
const LENGTH: usize = 55;

/// The most members of a `tracestate`, and the most of its characters that are passed on (sections 3.3.1.1 and 3.3.1.5).
const MEMBERS: usize = 32;
const CHARACTERS: usize = 512;

/// The trace that a request is part of, and the span that it is there.
///
/// The trace is the caller's, where it says one in `traceparent`, or a new one. The span is always new, and the parent of what the
/// request calls.
#[derive(Clone)]
pub struct Trace {
    /// The `traceparent` of what is called from here.
    text: [u8; LENGTH],
    /// The caller's span.
    parent: Option<[u8; 16]>,
    state: Option<HeaderValue>,
}

impl Trace {
    /// Returns the trace that a request states, with a span of its own in it, or a new one.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let (high, low) = next_id().as_u64_pair();
        let mut trace = Self { text: *PATTERN, parent: None, state: None };
        // Zero would stand for the absence of one.
        trace.set_span(((high ^ low) | 1).to_be_bytes());
        match stated(headers) {
            Some(stated) => {
                trace.text[3..35].copy_from_slice(&stated[3..35]);
                trace.parent = stated[36..52].try_into().ok();
                trace.set_sampled(is_sampled(stated));
                trace.state = state(headers);
            }
            None => trace.set_id(next_id().into_bytes()),
        }
        trace
    }

    /// Returns the id of the trace: 32 hexadecimal digits.
    pub fn trace_id(&self) -> &str {
        self.part(3, 35)
    }

    /// Returns the id of the request's own span: 16 hexadecimal digits.
    pub fn span_id(&self) -> &str {
        self.part(36, 52)
    }

    /// Returns the id of the caller's span, where it stated one.
    pub fn parent_id(&self) -> Option<&str> {
        self.parent.as_ref().and_then(|parent| str::from_utf8(parent).ok())
    }

    /// Returns `true` if whoever called may have recorded it, or it is recorded here.
    pub fn is_sampled(&self) -> bool {
        self.text[LENGTH - 1] == b'1'
    }

    /// Returns the `traceparent` of what is called on behalf of the request.
    pub fn traceparent(&self) -> HeaderValue {
        // Digits and hyphens are what a field may hold.
        HeaderValue::from_bytes(&self.text).unwrap_or(HeaderValue::from_static(""))
    }

    /// Returns the `tracestate` that goes with it, where there is one.
    pub fn tracestate(&self) -> Option<HeaderValue> {
        self.state.clone()
    }

    fn part(&self, from: usize, to: usize) -> &str {
        str::from_utf8(&self.text[from..to]).unwrap_or_default()
    }

    pub(super) fn set_id(&mut self, id: [u8; 16]) {
        write(&mut self.text[3..35], &id);
    }

    pub(super) fn set_span(&mut self, id: [u8; 8]) {
        write(&mut self.text[36..52], &id);
    }

    pub(super) fn set_sampled(&mut self, sampled: bool) {
        self.text[LENGTH - 1] = if sampled { b'1' } else { b'0' };
    }
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Trace").field(&str::from_utf8(&self.text).unwrap_or_default()).finish()
    }
}

/// The form of a `traceparent`, with nothing in it. The flags that are not known are not passed on (section 3.2.2.5.2).
const PATTERN: &[u8; LENGTH] = b"00-00000000000000000000000000000000-0000000000000000-00";

/// Writes bytes into their places, two digits each.
fn write(places: &mut [u8], bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";

    for (pair, byte) in places.chunks_exact_mut(2).zip(bytes) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
}

/// Returns the `traceparent` of a request, if there is one and it is well-formed (section 3.2.2).
fn stated(headers: &HeaderMap) -> Option<&[u8]> {
    let mut all = headers.get_all(&TRACEPARENT).iter();
    let (Some(value), None) = (all.next(), all.next()) else { return None };
    let text = value.as_bytes();
    let known = text.get(..LENGTH)?;
    let is_form = known.iter().zip(PATTERN).all(|(byte, place)| match place {
        b'-' => *byte == b'-',
        _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
    });
    // A later version may have more, behind a hyphen (section 4.3).
    let may_end = match (&known[..2], text.get(LENGTH)) {
        (b"ff", _) => false,
        (_, None) => true,
        (version, Some(next)) => version != b"00" && *next == b'-',
    };
    let is_some = |id: &[u8]| id.iter().any(|digit| *digit != b'0');
    (is_form && may_end && is_some(&known[3..35]) && is_some(&known[36..52])).then_some(known)
}

/// Returns `true` if the caller may have recorded its span: the lowest bit of the flags.
fn is_sampled(known: &[u8]) -> bool {
    let last = known[LENGTH - 1];
    char::from(last).to_digit(16).is_some_and(|flags| flags & 1 == 1)
}

/// Returns the `tracestate` of a request as it is passed on; nothing of one that is not well-formed, or too long.
fn state(headers: &HeaderMap) -> Option<HeaderValue> {
    let mut joined = String::new();
    let mut keys = Vec::new();
    for value in headers.get_all(&TRACESTATE) {
        for member in value.to_str().ok()?.split(',') {
            let member = member.trim_matches([' ', '\t']);
            // They are allowed, so that fields can be joined.
            if member.is_empty() {
                continue;
            }
            let (key, value) = member.split_once('=')?;
            let fits = joined.len() + member.len() < CHARACTERS && keys.len() < MEMBERS;
            if !fits || !is_key(key) || !is_value(value) || keys.contains(&key) {
                return None;
            }
            if !joined.is_empty() {
                joined.push(',');
            }
            joined.push_str(member);
            keys.push(key);
        }
    }
    (!joined.is_empty()).then(|| HeaderValue::try_from(joined).ok()).flatten()
}

/// Tells if a text is the key of a member: a name, or that of a tenant, `@`, and that of its system (section 3.3.1.3.1).
fn is_key(key: &str) -> bool {
    let is_name = |name: &str, most: usize, may_begin: fn(u8) -> bool| {
        let further =
            |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'*' | b'/');
        name.len() <= most
            && name.bytes().next().is_some_and(may_begin)
            && name.as_bytes().iter().all(further)
    };
    let letter = |byte: u8| byte.is_ascii_lowercase();
    match key.split_once('@') {
        None => is_name(key, 256, letter),
        Some((tenant, system)) => {
            is_name(tenant, 241, |byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
                && is_name(system, 14, letter)
        }
    }
}

/// Tells if a text is the value of a member (section 3.3.1.3.2).
fn is_value(value: &str) -> bool {
    let is_one = |byte: u8| matches!(byte, b' '..=b'~') && byte != b',' && byte != b'=';
    (1..=256).contains(&value.len()) && value.bytes().all(is_one)
}

#[cfg(test)]
mod tests;
