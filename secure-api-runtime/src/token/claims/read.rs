//! The values that claims may have, read one by one.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use crate::identity::{Confirmation, Thumbprint, is_name, is_scope};

/// The last second of the year 9999. What lies beyond is no time.
const LAST_SECOND: i64 = 253_402_300_799;

/// Returns `true` if `aud` is our name, or a list of texts with our name among them.
pub(super) fn is_for(audience: Option<&Value>, ours: &str) -> bool {
    match audience {
        Some(Value::String(audience)) => audience == ours,
        Some(Value::Array(audiences)) => {
            audiences.iter().all(Value::is_string)
                && audiences.iter().any(|audience| audience == ours)
        }
        _ => false,
    }
}

/// Reads a NumericDate. A fraction of a second makes an end earlier.
pub(crate) fn time_down(value: &Value) -> Option<i64> {
    time(value, f64::floor)
}

/// Reads a NumericDate. A fraction of a second makes a start later.
pub(crate) fn time_up(value: &Value) -> Option<i64> {
    time(value, f64::ceil)
}

fn time(value: &Value, round: fn(f64) -> f64) -> Option<i64> {
    let seconds = match value.as_i64() {
        Some(seconds) => seconds,
        // `as` saturates, and what is out of bounds is refused below.
        None => round(value.as_f64()?) as i64,
    };
    (0..=LAST_SECOND).contains(&seconds).then_some(seconds)
}

/// Reads a subject, client or token id: bounded, and without what would spoil a log line.
pub(super) fn id(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| is_name(text))
}

/// Reads a list of ids.
pub(super) fn ids(value: &Value) -> Option<Vec<&str>> {
    value.as_array()?.iter().map(id).collect()
}

/// Reads a confirmation: one member that is known here. Of what is not known nobody could ask the proof.
pub(super) fn confirmation(value: &Value) -> Option<Confirmation> {
    let mut members = value.as_object()?.iter();
    let ((name, thumbprint), None) = (members.next()?, members.next()) else { return None };
    let decoded = URL_SAFE_NO_PAD.decode(thumbprint.as_str()?).ok()?;
    let thumbprint = Thumbprint::try_from(decoded).ok()?;
    match &**name {
        "jkt" => Some(Confirmation::Key(thumbprint)),
        "x5t#S256" => Some(Confirmation::Certificate(thumbprint)),
        _ => None,
    }
}

/// Reads scopes: one text with spaces between, and where the issuer has them elsewhere than in `scope` also a list.
pub(super) fn scopes(value: &Value, lists: bool) -> Option<Vec<&str>> {
    let scopes: Vec<&str> = match value {
        Value::Array(scopes) if lists => scopes.iter().map(Value::as_str).collect::<Option<_>>()?,
        value => words(value.as_str()?).collect(),
    };
    scopes.iter().all(|scope| is_scope(scope)).then_some(scopes)
}

/// Returns a claim by its name, or by a JSON Pointer where that begins with a slash.
pub(super) fn named<'a>(claims: &'a Map<String, Value>, claim: &str) -> Option<&'a Value> {
    match claim.strip_prefix('/') {
        None => claims.get(claim),
        Some(path) => resolve(claims, path),
    }
}

/// Resolves a JSON Pointer, its first slash taken off, into the claims.
fn resolve<'a>(claims: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let (first, rest) = match path.find('/') {
        Some(slash) => path.split_at(slash),
        None => (path, ""),
    };
    claims.get(&first.replace("~1", "/").replace("~0", "~"))?.pointer(rest)
}

pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ').filter(|word| !word.is_empty())
}
