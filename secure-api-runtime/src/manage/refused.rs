//! The refusals that those who run an app are told of: a wrong token, an act that is not of the console.

use std::{
    net::SocketAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use http::StatusCode;

use crate::observe::{Audited, Event};

/// The refusals that are told of in each span: whoever guesses a token fills no disk.
const MOST: u32 = 10;

/// The span.
const SPAN: Duration = Duration::from_secs(60);

/// The refusals that were told of, and those that were not.
#[derive(Debug, Default)]
pub(super) struct Refused(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    began: Option<Instant>,
    told: u32,
    untold: u64,
}

/// Returns `true` for what somebody is to look at: credentials that are wrong, and what is forbidden. A browser that has sent
/// no credentials yet is asked for them, and that is all.
pub(super) fn is_suspect(status: StatusCode, presents: bool) -> bool {
    match status {
        StatusCode::UNAUTHORIZED => presents,
        StatusCode::FORBIDDEN => true,
        _ => false,
    }
}

impl Refused {
    /// Tells of one. The page is one of ours, or none: nobody writes into the log by a path.
    pub(super) fn tell(
        &self,
        status: StatusCode,
        page: Option<&'static str>,
        client: SocketAddr,
        cause: Option<&str>,
        audited: &Audited,
    ) {
        let Some(untold) = self.turn(Instant::now()) else { return };
        tracing::warn!(
            target: "secure_api::audit",
            status = status.as_u16(),
            page,
            client = %client.ip().to_canonical(),
            cause,
            untold,
            "a request to the management listener was refused"
        );
        audited.tell(&Event {
            event: if status == StatusCode::FORBIDDEN { "authz_fail" } else { "authn_login_fail" },
            description: "a request to the management listener was refused",
            address: audited.address(Some(client.ip())),
            status: Some(status.as_u16()),
            page,
            reason: cause,
            count: Some(untold).filter(|untold| *untold > 0),
            ..Event::default()
        });
    }

    /// Returns the number of those that were not told of since the last line, where this one is told of.
    fn turn(&self, now: Instant) -> Option<u64> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.began.is_none_or(|began| now.saturating_duration_since(began) >= SPAN) {
            (counts.began, counts.told) = (Some(now), 0);
        }
        if counts.told >= MOST {
            counts.untold = counts.untold.saturating_add(1);
            return None;
        }
        counts.told += 1;
        Some(std::mem::take(&mut counts.untold))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_told_of_and_are_no_flood() {
        let (refused, now) = (Refused::default(), Instant::now());
        let told = (0..500).filter_map(|_| refused.turn(now)).collect::<Vec<_>>();
        assert_eq!(told, [0; 10]);
        assert_eq!(refused.turn(now + SPAN - Duration::from_millis(1)), None);
        assert_eq!(refused.turn(now + SPAN), Some(491));
        assert_eq!(refused.turn(now + SPAN), Some(0));
    }

    #[test]
    fn a_browser_that_is_asked_for_credentials_is_not_suspect() {
        assert!(!is_suspect(StatusCode::UNAUTHORIZED, false));
        assert!(is_suspect(StatusCode::UNAUTHORIZED, true));
        assert!(is_suspect(StatusCode::FORBIDDEN, false));
        assert!(!is_suspect(StatusCode::NOT_FOUND, true));
    }
}
