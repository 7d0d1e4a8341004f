//! The failure of one attempt: what it was, and if another one may be made.

use std::{
    error::Error,
    time::{Duration, SystemTime},
};

use http::{HeaderMap, header};
use reqwest::Response;

use super::{connector::Call, error::Why, reach::LeadsInside};
use crate::outbound::causes;

/// The failure of one attempt.
pub(super) struct Failure {
    pub(super) why: Why,
    /// `true` if nothing was sent.
    unsent: bool,
    /// The time to wait, where the service asks for some.
    pub(super) asked: Option<Duration>,
}

impl From<Why> for Failure {
    fn from(why: Why) -> Self {
        Self { why, unsent: false, asked: None }
    }
}

impl Failure {
    /// Returns `true` if another attempt may be answered, and does no more than this one.
    pub(super) fn may_be_retried(&self, call: &Call) -> bool {
        let passes = match &self.why {
            Why::Network(_) | Why::TimedOut => true,
            Why::Status(status) => matches!(status.as_u16(), 429 | 500 | 502 | 503 | 504),
            _ => false,
        };
        passes && (call.is_idempotent || self.unsent)
    }
}

/// Returns the failure that an answer is.
pub(super) fn refused(answer: &Response) -> Failure {
    let status = answer.status();
    let waits = matches!(status.as_u16(), 429 | 503);
    let asked = waits.then(|| retry_after(answer.headers())).flatten();
    Failure { asked, ..Why::Status(status).into() }
}

/// Returns the failure that an error of the network is.
pub(super) fn failed(error: &reqwest::Error) -> Failure {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if inner.is::<LeadsInside>() {
            return Why::Closed("its name leads to no address outside").into();
        }
        cause = inner.source();
    }
    let unsent = error.is_connect();
    match error.is_timeout() {
        true => Failure { unsent, ..Why::TimedOut.into() },
        false => Failure { unsent, ..Why::Network(causes(error)).into() },
    }
}

/// Returns the time after which a service wants to be asked again (RFC 9110, section 10.2.3).
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?;
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    httpdate::parse_http_date(text).ok()?.duration_since(SystemTime::now()).ok()
}
