//! What happened, for people who run the server: request ids and the security log.
//!
//! Nothing here takes a credential, a body or a query string; what is not passed in cannot be logged.

use http::{HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

/// Carries the request id, in both directions.
pub static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request: the caller's own, if it is one that is safe to repeat, else a new one.
pub fn request_id(headers: &HeaderMap) -> HeaderValue {
    let acceptable = |value: &&HeaderValue| {
        let bytes = value.as_bytes();
        (8..=64).contains(&bytes.len())
            && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    };
    if let Some(value) = headers.get(&REQUEST_ID).filter(acceptable) {
        return value.clone();
    }
    let mut text = Uuid::encode_buffer();
    let text = Uuid::new_v4().hyphenated().encode_lower(&mut text);
    // A hyphenated UUID is visible ASCII.
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("unknown"))
}
