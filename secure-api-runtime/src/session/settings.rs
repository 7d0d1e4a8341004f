//! The settings of sessions.

use std::time::Duration;

use crate::error::StartProblem;

/// The longest interval in which the use of a session is noted once, in seconds.
const NOTED: i64 = 60;

/// The settings of an app's sessions: when they end.
///
/// ```
/// use secure_api::{prelude::*, session::SessionSettings};
///
/// let short = SessionSettings::new().idle(Duration::from_secs(600)).absolute(Duration::from_secs(3600));
/// # let _ = short;
/// ```
#[derive(Debug, Clone)]
pub struct SessionSettings {
    pub(super) idle: Duration,
    pub(super) absolute: Duration,
    pub(super) most: usize,
    pub(super) keeps_site_data: bool,
}

impl SessionSettings {
    /// Creates the settings that most apps keep: 30 minutes without a request, 12 hours in all, 20 sessions of one caller.
    pub fn new() -> Self {
        Self {
            idle: Duration::from_secs(30 * 60),
            absolute: Duration::from_secs(12 * 60 * 60),
            most: 20,
            keeps_site_data: false,
        }
    }

    /// Sets the time without a request after which a session ends, at least a minute. The default is 30 minutes, as NIST SP
    /// 800-63B asks at its second level: longer than people look away, shorter than they leave a machine. Use is
    /// noted once in a tenth of it and once a minute at least, by which it may end sooner.
    #[must_use]
    pub fn idle(mut self, time: Duration) -> Self {
        self.idle = time;
        self
    }

    /// Sets the time after which a session ends whatever happens. The default is 12 hours, of the same source: a working day.
    #[must_use]
    pub fn absolute(mut self, time: Duration) -> Self {
        self.absolute = time;
        self
    }

    /// Sets the most sessions of one caller, at least one. The default is 20; one more ends the one that was used least
    /// recently.
    #[must_use]
    pub fn most(mut self, sessions: usize) -> Self {
        self.most = sessions;
        self
    }

    /// Leaves what a browser keeps of the origin as it is where somebody signs out. By default it is told to forget that, since the
    /// next one at the machine may be somebody else. This is for an app whose pages store something that is nobody's, as a choice of
    /// colors, and forget the rest themselves.
    #[must_use]
    pub fn keep_site_data(mut self) -> Self {
        self.keeps_site_data = true;
        self
    }

    /// Returns what is wrong with them.
    pub(crate) fn problem(&self) -> Option<StartProblem> {
        let short = self.idle < Duration::from_secs(60) || self.absolute < self.idle;
        (short || self.most == 0).then(|| StartProblem {
            code: "SA137",
            text: "nobody can have a session of these settings".to_owned(),
            help: "give sessions a minute without a request or more, no less in all, and each caller one or more",
        })
    }

    pub(super) fn idle_seconds(&self) -> i64 {
        i64::try_from(self.idle.as_secs()).unwrap_or(i64::MAX)
    }

    /// Returns the seconds in which the use of a session is noted once: a minute, or where that is less a tenth of the time after
    /// which it ends.
    pub(super) fn noted_seconds(&self) -> i64 {
        (self.idle_seconds() / 10).min(NOTED)
    }

    pub(super) fn absolute_seconds(&self) -> i64 {
        i64::try_from(self.absolute.as_secs()).unwrap_or(i64::MAX)
    }
}

impl Default for SessionSettings {
    fn default() -> Self {
        Self::new()
    }
}
