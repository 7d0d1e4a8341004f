//! The challenges in a refusal: RFC 9110, section 11.6.1, and for bearer tokens RFC 6750, section 3.

use http::{HeaderValue, header::WWW_AUTHENTICATE};

use super::{Bearer, Credential, DPOP, Declined, Identity, Kind, Refusal, Refused};
use crate::error::{Problem, problem};

/// Refuses a request without credentials that help: 401. The challenges have no error code: nothing was tried.
pub(super) fn missing(challenges: &[HeaderValue], refusal: Refusal) -> Problem {
    challenged(Problem::new(&problem::UNAUTHENTICATED), challenges, refusal)
}

/// Refuses credentials of a kind that do not hold: 401. Their source cannot tell: 503.
pub(crate) fn refused(kind: &Kind, declined: Declined) -> Problem {
    match declined.refused {
        Refused::Invalid(why) => Problem::new(&problem::UNAUTHENTICATED)
            .header(WWW_AUTHENTICATE, kind.tried(declined.error))
            .because(why),
        Refused::Unavailable(why) => Problem::unavailable(why),
    }
}

/// Refuses credentials where none belong, or more than one: 400.
pub(super) fn malformed(challenges: &[HeaderValue], refusal: Refusal) -> Problem {
    challenged(Problem::new(&problem::MALFORMED), challenges, refusal)
}

fn challenged(problem: Problem, challenges: &[HeaderValue], refusal: Refusal) -> Problem {
    let with = |problem: Problem, challenge: &HeaderValue| {
        problem.header(WWW_AUTHENTICATE, challenge.clone())
    };
    challenges.iter().fold(problem.because(refusal), with)
}

/// Refuses a caller whose credentials lack one of these scopes: 403. Of a token the challenge names them.
pub(crate) fn insufficient_scope(identity: &Identity, scopes: &[&str]) -> Problem {
    let problem = Problem::new(&problem::FORBIDDEN)
        .because("the caller's credentials lack one of the route's scopes");
    let kind = identity.kind();
    if ![Bearer::KIND, DPOP].iter().any(|tokens| tokens.is(kind)) {
        return problem;
    }
    // Scopes come from the app's own attributes; one that cannot stand in a header is not told.
    let told = scopes.iter().all(|scope| is_scope(scope));
    let challenge = if told { kind.lacks(scopes) } else { kind.tried("insufficient_scope") };
    problem.header(WWW_AUTHENTICATE, challenge)
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
