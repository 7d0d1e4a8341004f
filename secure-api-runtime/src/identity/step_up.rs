//! Step-up: the authentication that an operation asks of its callers, beyond credentials that hold (RFC 9470).

use std::time::Duration;

use http::header::WWW_AUTHENTICATE;

use super::Identity;
use crate::{
    clock::Clock,
    error::{Problem, problem},
};

/// The authentication that an operation asks for.
#[derive(Debug)]
pub(crate) struct StepUp {
    acr: &'static [&'static str],
    amr: &'static [&'static str],
    /// The most seconds since.
    max_age: Option<i64>,
    /// The parameters of its challenge.
    challenge: String,
}

impl StepUp {
    /// Returns the authentication that is asked for, if one is.
    pub(crate) fn of(
        acr: &'static [&'static str],
        amr: &'static [&'static str],
        max_age: Option<Duration>,
    ) -> Option<Self> {
        if acr.is_empty() && amr.is_empty() && max_age.is_none() {
            return None;
        }
        let max_age = max_age.map(|age| i64::try_from(age.as_secs()).unwrap_or(i64::MAX));
        let mut challenge = String::from(", error=\"insufficient_user_authentication\"");
        // There is no parameter for methods, so they are told in words.
        if amr.is_empty() {
            challenge.push_str(", error_description=\"another authentication is required\"");
        } else {
            let methods = amr.join(" ");
            challenge.push_str(&format!(
                ", error_description=\"an authentication by these methods is required: {methods}\""
            ));
        }
        if !acr.is_empty() {
            challenge.push_str(&format!(", acr_values=\"{}\"", acr.join(" ")));
        }
        if let Some(age) = max_age {
            challenge.push_str(&format!(", max_age=\"{age}\""));
        }
        Some(Self { acr, amr, max_age, challenge })
    }

    /// Asks it of a caller. What the credentials do not say is not met.
    ///
    /// # Errors
    ///
    /// 401 with a challenge that says what is asked.
    pub(crate) fn asked_of(&self, identity: &Identity, clock: &Clock) -> Result<(), Problem> {
        let class =
            self.acr.is_empty() || identity.acr().is_some_and(|class| self.acr.contains(&class));
        let methods = self.amr.iter().all(|wanted| identity.amr().any(|used| used == *wanted));
        let recent = self.max_age.is_none_or(|most| {
            let now = clock.unix_seconds();
            // One in the future is none, beyond what clocks differ by.
            let times = -identity.leeway()..=most;
            identity.authenticated_at().is_some_and(|at| times.contains(&(now - at)))
        });
        if class && methods && recent {
            return Ok(());
        }
        let challenge = identity.kind().challenged(&self.challenge);
        Err(Problem::new(&problem::UNAUTHENTICATED)
            .header(WWW_AUTHENTICATE, challenge)
            .because("the caller's authentication is weaker or older than the route asks for"))
    }
}
