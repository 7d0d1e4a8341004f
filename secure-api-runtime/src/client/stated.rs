//! The settings that an app stated of another service, and their faults.

use std::time::Duration;

use reqwest::Certificate;
use url::Url;

use super::{
    credential::Credential,
    reach::{Internal, LookUp, Reach},
};
use crate::error::StartProblem;

/// The settings of a service.
pub(super) struct Stated {
    pub(super) name: &'static str,
    /// The URL that its paths begin with; none where each call has a URL of its own.
    pub(super) base: Option<Url>,
    pub(super) internal: Vec<(Internal, &'static str)>,
    pub(super) credential: Credential,
    pub(super) roots: Vec<Certificate>,
    pub(super) redirects: usize,
    pub(super) connect: Duration,
    pub(super) attempt: Duration,
    pub(super) whole: Duration,
    pub(super) most: usize,
    pub(super) retries: u32,
    /// `true` if members of answers that nobody declared are left out, in the place of a failure.
    pub(super) open: bool,
    #[cfg(feature = "testing")]
    pub(super) look_up: Option<LookUp>,
    pub(super) problems: Vec<StartProblem>,
}

impl Stated {
    /// Returns the places that its calls may lead to.
    pub(super) fn reach(&self) -> Reach {
        Reach(self.internal.iter().map(|(internal, _)| internal.clone()).collect())
    }

    /// Returns what looks names up in the place of the system, in a test.
    pub(super) fn look_up(&self) -> Option<LookUp> {
        #[cfg(feature = "testing")]
        return self.look_up.clone();
        #[cfg(not(feature = "testing"))]
        None
    }

    pub(super) fn misplaced(&mut self, text: &str, why: &str) {
        self.problems.push(StartProblem {
            code: "SA211",
            text: format!("{} cannot be called at `{text}`: {why}", self.name),
            help: "write `Upstream::at(\"https://payments.example/v2\")`, and for a host of your own network `.internal(\"payments.corp:443\", \"…\")` beside it",
        });
    }

    /// Looks at what only the whole shows.
    pub(super) fn check(&mut self) {
        let reach = self.reach();
        if let Some(base) = self.base.clone()
            && let Err(why) = reach.checked(base.clone())
        {
            self.misplaced(base.as_str(), why);
        }
        if self.base.is_none() && !matches!(self.credential, Credential::None) {
            let name = self.name;
            self.misplaced(name, "addresses that users give are sent no credentials");
        }
        let fault = self.credential.fault();
        match fault {
            Some(Ok(problem)) => self.problems.push(problem),
            Some(Err(why)) => {
                let name = self.name;
                self.misplaced(name, why);
            }
            None => {}
        }
    }
}
