//! The trace that a request is part of, as services tell it to each other (W3C Trace Context, <https://www.w3.org/TR/trace-context/>).
//!
//! Both fields come from outside, and go to the log and to other services. What is not well-formed is taken for absent: nobody is
//! refused for it, and nothing of it is passed on.

use std::{
    fmt,
    ops::Range,
    str,
    sync::{Arc, OnceLock},
};

use http::{HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

/// Carries the trace and the caller's span (section 3.2).
pub(crate) const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// Carries what systems of traces say of it to each other (section 3.3).
pub(crate) const TRACESTATE: HeaderName = HeaderName::from_static("tracestate");

/// The length of a `traceparent` of version 00: `00-`, 32 digits, `-`, 16 digits, `-`, 2 digits.
const LENGTH: usize = 55;

/// The places in it of the trace's id and of the span's.
const ID: Range<usize> = 3..35;
const SPAN: Range<usize> = 36..52;

/// The most members of a `tracestate`, and the most of its characters that are passed on (sections 3.3.1.1 and 3.3.1.5).
const MEMBERS: usize = 32;
const CHARACTERS: usize = 512;

/// The trace that a request is part of, and the span that it is there.
///
/// The trace is the caller's, where it says one in `traceparent`, or a new one. The span is always new, and the parent of what the
/// request calls.
#[derive(Clone)]
pub struct Trace {
    /// The number of the request, of which the ids are made that nobody stated.
    number: Uuid,
    stated: Option<Arc<Stated>>,
    /// The `traceparent` of what is called from here, once somebody asks: of most requests nobody does.
    text: OnceLock<[u8; LENGTH]>,
}

/// The trace as a caller stated it.
struct Stated {
    /// Its own `traceparent`, as far as version 00 goes.
    parent: [u8; LENGTH],
    state: Option<HeaderValue>,
}

impl Trace {
    /// Returns the trace that a request of this number states, with a span of its own in it, or a new one.
    pub(crate) fn of(headers: &HeaderMap, number: Uuid) -> Self {
        let stated = stated(headers).map(|parent| Stated { parent, state: state(headers) });
        Self { number, stated: stated.map(Arc::new), text: OnceLock::new() }
    }

    /// Returns the id of the trace: 32 hexadecimal digits.
    pub fn trace_id(&self) -> &str {
        self.part(ID)
    }

    /// Returns the id of the request's own span: 16 hexadecimal digits.
    pub fn span_id(&self) -> &str {
        self.part(SPAN)
    }

    /// Returns the id of the caller's span, where it stated one.
    pub fn parent_id(&self) -> Option<&str> {
        self.stated.as_ref().and_then(|stated| str::from_utf8(&stated.parent[SPAN]).ok())
    }

    /// Returns `true` if whoever called may have recorded it, or it is recorded here.
    pub fn is_sampled(&self) -> bool {
        self.text()[LENGTH - 1] == b'1'
    }

    /// Returns the `traceparent` of what is called on behalf of the request.
    pub fn traceparent(&self) -> HeaderValue {
        // Digits and hyphens are what a field may hold.
        HeaderValue::from_bytes(self.text()).unwrap_or(HeaderValue::from_static(""))
    }

    /// Returns the `tracestate` that goes with it, where there is one.
    pub fn tracestate(&self) -> Option<HeaderValue> {
        self.stated.as_ref().and_then(|stated| stated.state.clone())
    }

    fn part(&self, place: Range<usize>) -> &str {
        str::from_utf8(&self.text()[place]).unwrap_or_default()
    }

    fn text(&self) -> &[u8; LENGTH] {
        self.text.get_or_init(|| self.made())
    }

    /// Returns the text of it: what was stated with another span, or a number of its own.
    fn made(&self) -> [u8; LENGTH] {
        let mut text = *PATTERN;
        match &self.stated {
            Some(stated) => {
                text[ID].copy_from_slice(&stated.parent[ID]);
                text[LENGTH - 1] = if is_sampled(&stated.parent) { b'1' } else { b'0' };
            }
            None => write(&mut text[ID], self.number.as_bytes()),
        }
        let (high, low) = self.number.as_u64_pair();
        // Zero would stand for the absence of one.
        write(&mut text[SPAN], &((high ^ low) | 1).to_be_bytes());
        text
    }

    /// Takes over the ids of a span that a collector is told of.
    #[cfg(feature = "otel")]
    pub(super) fn set(&mut self, id: [u8; 16], span: [u8; 8], is_sampled: bool) {
        let mut text = *PATTERN;
        write(&mut text[ID], &id);
        write(&mut text[SPAN], &span);
        text[LENGTH - 1] = if is_sampled { b'1' } else { b'0' };
        self.text = OnceLock::from(text);
    }
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Trace").field(&str::from_utf8(self.text()).unwrap_or_default()).finish()
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
fn stated(headers: &HeaderMap) -> Option<[u8; LENGTH]> {
    let mut all = headers.get_all(&TRACEPARENT).iter();
    let (Some(value), None) = (all.next(), all.next()) else { return None };
    let text = value.as_bytes();
    let known: [u8; LENGTH] = *text.first_chunk()?;
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
    (is_form && may_end && is_some(&known[ID]) && is_some(&known[SPAN])).then_some(known)
}

/// Returns `true` if the caller may have recorded its span: the lowest bit of the flags.
fn is_sampled(known: &[u8; LENGTH]) -> bool {
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
