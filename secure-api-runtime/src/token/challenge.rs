//! The challenges about credentials in a refusal: RFC 6750, section 3.

use http::{HeaderValue, header::WWW_AUTHENTICATE};

use crate::error::{CHALLENGE, Problem, problem};

use super::{Verifier, refusal::Refusal};

impl Verifier {
    /// Refuses a request without credentials: 401. The challenge has no error code: nothing was tried.
    pub fn challenge() -> Problem {
        unauthenticated(CHALLENGE, Refusal::Missing)
    }

    /// Refuses a caller whose token lacks one of these scopes, which the challenge names: 403.
    pub fn insufficient_scope(scopes: &[&str]) -> Problem {
        let challenge = format!(
            "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"{}\"",
            scopes.join(" ")
        );
        // Scopes come from the app's own attributes; one that cannot stand in a header is not told.
        let challenge = match HeaderValue::from_str(&challenge) {
            Ok(value) if scopes.iter().all(|scope| is_scope(scope)) => value,
            _ => HeaderValue::from_static("Bearer realm=\"api\", error=\"insufficient_scope\""),
        };
        Problem::new(&problem::FORBIDDEN).header(WWW_AUTHENTICATE, challenge)
    }
}

/// Refuses credentials that are no bearer token, which is like having none: 401.
pub(super) fn other_scheme() -> Problem {
    unauthenticated(CHALLENGE, Refusal::Scheme)
}

/// Refuses a token that does not hold: 401.
pub(super) fn invalid_token(refusal: Refusal) -> Problem {
    unauthenticated("Bearer realm=\"api\", error=\"invalid_token\"", refusal)
}

/// Refuses credentials where none belong, or more than one: 400.
pub(super) fn invalid_request(refusal: Refusal) -> Problem {
    Problem::new(&problem::MALFORMED)
        .header(
            WWW_AUTHENTICATE,
            HeaderValue::from_static("Bearer realm=\"api\", error=\"invalid_request\""),
        )
        .because(refusal)
}

fn unauthenticated(challenge: &'static str, refusal: Refusal) -> Problem {
    Problem::new(&problem::UNAUTHENTICATED)
        .header(WWW_AUTHENTICATE, HeaderValue::from_static(challenge))
        .because(refusal)
}

/// Returns `true` if a text is one scope: visible ASCII without quotes and backslashes (RFC 6749, section 3.3).
pub(crate) const fn is_scope(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut index = 0;
    while index < bytes.len() {
        if !bytes[index].is_ascii_graphic() || matches!(bytes[index], b'"' | b'\\') {
            return false;
        }
        index += 1;
    }
    !bytes.is_empty()
}
