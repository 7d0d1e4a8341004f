//! The keys of an operation beyond access, limits and views: all of them are optional.

use std::time::Duration;

use http::HeaderValue;

use super::{PageShape, Route};
use crate::{
    clock::Clock,
    compose::same,
    identity::By,
    input::FileKind,
    limit::Outage,
    version::{self, Brownout, Day, VersionInfo},
};

/// The keys of a route that have a value only where one is written.
#[derive(Debug, Clone, Copy)]
pub struct RouteOptions {
    /// The credentials that callers prove themselves with.
    pub by: By,
    /// OAuth scopes that the caller's token has to have, all of them, in addition to a role.
    pub scopes: &'static [&'static str],
    /// The classes of an authentication that are good enough, one of which the caller's has to be of; none are asked for where
    /// there are none.
    pub acr: &'static [&'static str],
    /// The methods that the caller's authentication has to have used, all of them.
    pub amr: &'static [&'static str],
    /// The most time since the caller authenticated.
    pub max_age: Option<Duration>,
    /// The decision for the time in which the shared ledger does not answer, where one is stated.
    pub outage: Option<Outage>,
    /// `true` if it takes credentials: it logs in, checks a one-time code, resets a password.
    pub credential: bool,
    /// The deprecation of the operation, apart from its versions.
    pub deprecated: Option<Deprecated>,
    /// The most bytes of a request's body; the app's, where there is none.
    pub body_limit: Option<usize>,
    /// The most time until the answer; the app's, where there is none.
    pub timeout: Option<Duration>,
    /// The form of its page, where it is another than usual.
    pub page: Option<PageShape>,
    /// The hosts elsewhere that it may send its caller to.
    pub redirects: &'static [&'static str],
    /// The media type of the bytes that it answers with, in lower case and without parameters.
    pub media_type: Option<&'static str>,
    /// The media types of the bytes that it takes, in lower case and without parameters.
    pub accepts: &'static [&'static str],
    /// The kinds of files that the bytes which it takes are of, where that is stated in place of their media types.
    pub kinds: Option<BodyKinds>,
    /// The most answers that a caller may have open at one time.
    pub open: Option<usize>,
    /// The most time that an answer stays open.
    pub lasts: Option<Duration>,
    /// Rules that it is excepted from.
    pub allowed: &'static [Allowed],
}

impl RouteOptions {
    /// None of them.
    pub const NONE: Self = Self {
        by: By::Unstated,
        scopes: &[],
        acr: &[],
        amr: &[],
        max_age: None,
        outage: None,
        credential: false,
        deprecated: None,
        body_limit: None,
        timeout: None,
        page: None,
        redirects: &[],
        media_type: None,
        accepts: &[],
        kinds: None,
        open: None,
        lasts: None,
        allowed: &[],
    };
}

/// The kinds of files that the bytes of a body are of, and their media types.
#[derive(Debug, Clone, Copy)]
pub struct BodyKinds {
    /// The kinds.
    pub kinds: &'static [FileKind],
    /// The media type of each.
    pub media_types: &'static [&'static str],
}

/// The deprecation of an operation: since when, its sunset, and its successor.
#[derive(Debug, Clone, Copy)]
pub struct Deprecated {
    /// The day from which it should not be used for anything new (RFC 9745).
    pub since: Day,
    /// The day on which it stops being served (RFC 8594).
    pub sunset: Option<Day>,
    /// The operation that replaces it.
    pub instead: Option<fn() -> &'static Route>,
    /// The short outages that are announced, in the order of time.
    pub brownouts: &'static [Brownout],
}

/// A rule that an operation is excepted from, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    /// The rule's name.
    pub rule: &'static str,
    /// The reason stated.
    pub reason: &'static str,
}

impl Allowed {
    /// Returns `true` if a rule is among these.
    pub const fn has(allowed: &[Self], rule: &str) -> bool {
        let mut index = 0;
        while index < allowed.len() {
            if same(allowed[index].rule, rule) {
                return true;
            }
            index += 1;
        }
        false
    }
}

impl Route {
    /// Returns the time that an answer stays open at most: an hour, where nothing else is stated.
    pub(crate) fn lasts(&self) -> Duration {
        self.options.lasts.unwrap_or(Duration::from_secs(3600))
    }

    /// Returns the day from which it is deprecated in a version: by itself or with the whole version, the first of the
    /// two.
    pub fn deprecated_in(&self, version: &VersionInfo) -> Option<Day> {
        let own = self.options.deprecated.map(|deprecated| deprecated.since);
        own.into_iter().chain(version.deprecated).min()
    }

    /// Returns the day of its own sunset, in whatever version.
    pub(crate) const fn own_sunset(&self) -> Option<Day> {
        match self.options.deprecated {
            Some(deprecated) => deprecated.sunset,
            None => None,
        }
    }

    /// Returns the day of its sunset in a version: by itself or with the whole version, the first of the two.
    pub fn sunset_in(&self, version: &VersionInfo) -> Option<Day> {
        self.own_sunset().into_iter().chain(version.sunset).min()
    }

    /// Returns `true` from the day of its own sunset on.
    pub fn is_sunset(&self, clock: &Clock) -> bool {
        self.own_sunset().is_some_and(|day| clock.unix_seconds() >= day.unix_seconds())
            && !crate::weakened::is("sunset")
    }

    /// Returns the outages that are announced in a version: its own, and those of the whole version.
    pub fn brownouts_in(&self, version: &VersionInfo) -> Vec<Brownout> {
        let own = self.options.deprecated.map_or(&[][..], |deprecated| deprecated.brownouts);
        Brownout::joined(own, version.brownouts, self.sunset_in(version))
    }

    /// Returns the operation that replaces it, with the path in the version at this index of the table, or else in its
    /// newest.
    pub fn instead_in(&self, version_index: usize) -> Option<(&'static Route, String)> {
        let route = (self.options.deprecated?.instead?)();
        let mut versions = route.versions.versions();
        let same = versions.find(|(index, _)| *index == version_index);
        let (_, version) = same.or_else(|| route.versions.newest_served())?;
        Some((route, route.versions.table().link(version, route.path)))
    }

    /// Returns the headers by which its answers in a version tell of its end and of its version's
    /// (RFC 9745, RFC 8594, RFC 5829, RFC 9652).
    pub fn headers_in(
        &self,
        (version_index, version): (usize, &VersionInfo),
    ) -> Vec<(&'static str, HeaderValue)> {
        let instead = self.instead_in(version_index).map(|(_, path)| path);
        version::ending(
            self.deprecated_in(version),
            self.sunset_in(version),
            version.link(),
            instead.as_deref(),
        )
    }
}
