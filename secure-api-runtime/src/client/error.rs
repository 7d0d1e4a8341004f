//! The failure of a call: for the log what it was, and for whoever asked only whose fault it is.

use std::{error::Error, fmt};

use http::StatusCode;

use crate::error::{ApiError, Problem, ProblemType, problem, stage};

/// The failure of a call of another service. A handler returns it as it is, or holds it in an error of its own by
/// `#[problem(transparent)]`.
///
/// Nothing of what the other service said reaches the caller. An answer that is no answer is 502, one that did not come in time is
/// 504, and while a service is not asked, since it failed again and again, it is 503 with the seconds to wait. The log has the reason,
/// without URLs, bodies and credentials.
///
/// ```
/// use secure_api::{client::UpstreamError, prelude::*};
///
/// #[derive(ApiError)]
/// enum PayError {
///     #[problem(status = 409, title = "The card was refused")]
///     Refused,
///     #[problem(transparent)]
///     Upstream(UpstreamError),
/// }
///
/// fn told(error: UpstreamError) -> PayError {
///     match error.status() {
///         Some(402) => PayError::Refused,
///         _ => PayError::Upstream(error),
///     }
/// }
/// ```
pub struct UpstreamError {
    pub(super) upstream: &'static str,
    pub(super) why: Why,
}

/// The reason of it.
#[derive(Debug, Clone)]
pub(super) enum Why {
    /// The call is none that can be sent.
    Unsendable(&'static str),
    /// Its URL is not called.
    Closed(&'static str),
    /// The exchange failed.
    Network(String),
    TimedOut,
    /// The service is not asked for so many seconds.
    Open(u64),
    Status(StatusCode),
    TooLarge(usize),
    /// The answer is not what it should be.
    Unreadable(String),
    /// The caller has no token that may be sent.
    NoToken(&'static str),
    /// No token was given for the call.
    Exchange(String),
}

impl Why {
    /// Returns its kind, as a collector of traces is told: a word of the program, and nothing that somebody said.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Unsendable(_) => "unsendable",
            Self::Closed(_) => "closed",
            Self::Network(_) => "network",
            Self::TimedOut => "timeout",
            Self::Open(_) => "circuit_open",
            Self::Status(_) => "status",
            Self::TooLarge(_) => "too_large",
            Self::Unreadable(_) => "unreadable",
            Self::NoToken(_) => "no_token",
            Self::Exchange(_) => "token_exchange",
        }
    }
}

/// Returns `true` for a status that leads to another URL.
pub(super) fn leads_on(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Returns the reason for which an answer is none that was declared: the rules that it breaks, each with the place that breaks it.
/// Names of members may be of the service's own, so they are cut, and nothing of them gets out of its line.
pub(super) fn unreadable(refusal: &Problem) -> Why {
    /// The places that are told, and the characters of each.
    const PLACES: usize = 3;
    const CHARACTERS: usize = 100;

    let places = refusal.places();
    let told = places.iter().take(PLACES).map(|place| {
        let pointer: String = place.pointer.chars().take(CHARACTERS).collect();
        match &*pointer {
            "" => place.code.to_owned(),
            pointer => format!("{} at {}", place.code, pointer.escape_debug()),
        }
    });
    let mut why = Vec::from_iter(told).join(", ");
    if places.len() > PLACES {
        why += &format!(" and {} more", places.len() - PLACES);
    }
    if places.iter().any(|place| place.code == "unknown") {
        why += "; `.ignores_unknown_members()` of its `Upstream` leaves out what is unknown";
    }
    Why::Unreadable(why)
}

impl UpstreamError {
    /// Returns the status that the service answered with, where that is what failed.
    pub fn status(&self) -> Option<u16> {
        match self.why {
            Why::Status(status) => Some(status.as_u16()),
            _ => None,
        }
    }

    /// Returns `true` if the URL leads to no place that may be called, as one that a user gave can.
    pub fn leads_inside(&self) -> bool {
        matches!(self.why, Why::Closed(_))
    }

    /// Returns `true` if the answer did not come in time.
    pub fn is_timeout(&self) -> bool {
        matches!(self.why, Why::TimedOut)
    }
}

#[diagnostic::do_not_recommend]
impl ApiError for UpstreamError {
    fn problems() -> Vec<&'static ProblemType> {
        vec![&problem::UPSTREAM, &problem::UNAVAILABLE, &problem::UPSTREAM_TIMEOUT]
    }

    fn into_problem(self) -> Problem {
        match self.why {
            Why::TimedOut => Problem::new(&problem::UPSTREAM_TIMEOUT),
            Why::Open(seconds) => Problem::new(&problem::UNAVAILABLE).retry_after(seconds),
            Why::Unsendable(_) => Problem::new(&problem::INTERNAL),
            Why::NoToken(_) => Problem::new(&problem::FORBIDDEN),
            _ => Problem::new(&problem::UPSTREAM),
        }
        .at(stage::HANDLER)
        .because(self)
    }
}

impl fmt::Display for UpstreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.upstream)?;
        match &self.why {
            Why::Unsendable(why) => write!(f, "the call cannot be sent: {why}"),
            Why::Closed(why) => write!(f, "its URL is not called: {why}"),
            Why::Network(why) => f.write_str(why),
            Why::TimedOut => f.write_str("no answer in time"),
            Why::Open(seconds) => {
                write!(f, "not asked for {seconds}s, after it failed again and again")
            }
            Why::Status(status) => {
                write!(f, "the answer has the status {}", status.as_u16())?;
                match leads_on(*status) {
                    true => f.write_str(", and no redirect is followed but of a GET, as many as `.redirects(…)` of its `Upstream` says"),
                    false => Ok(()),
                }
            }
            Why::TooLarge(most) => write!(f, "the answer has more than {most} bytes"),
            Why::Unreadable(why) => write!(f, "the answer cannot be read: {why}"),
            Why::NoToken(why) => write!(f, "the caller has no token to call it with: {why}"),
            Why::Exchange(why) => write!(f, "no token in exchange for the caller's: {why}"),
        }
    }
}

impl fmt::Debug for UpstreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UpstreamError({self})")
    }
}

impl Error for UpstreamError {}
