//! The end of an operation: by itself, or with its version.

use http::HeaderValue;
use serde::{Deserialize, Serialize};

use super::Operation;
use crate::{
    inventory::VersionModel,
    version::{self, Brownout, Day},
};

/// The end of one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deprecation {
    /// The day from which it should not be used for anything new (RFC 9745).
    pub since: Day,
    /// The day on which it stops being served (RFC 8594).
    pub sunset: Option<Day>,
    /// The operation to use in its place.
    pub instead: Option<Successor>,
    /// The short outages that are announced, in the order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub brownouts: Vec<Brownout>,
}

/// The operation to use in another one's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Successor {
    /// The handler's name.
    pub operation: String,
    /// The handler's module.
    pub module: String,
    /// Its path below the version.
    pub path: String,
    /// The path segments of its versions, oldest first.
    pub versions: Vec<String>,
    /// The version to use where the caller's own does not have it: the newest that is released, if there is one.
    pub newest: Option<String>,
}

impl Operation {
    /// Returns the day from which it is deprecated in a version: by itself or with the version, whichever is first.
    pub fn deprecated_in(&self, version: &VersionModel) -> Option<Day> {
        let own = self.deprecation.as_ref().map(|deprecation| deprecation.since);
        own.into_iter().chain(version.deprecated).min()
    }

    /// Returns the day on which it stops being served in a version: by itself or with the version, whichever is first.
    pub fn sunset_in(&self, version: &VersionModel) -> Option<Day> {
        let own = self.deprecation.as_ref().and_then(|deprecation| deprecation.sunset);
        own.into_iter().chain(version.sunset).min()
    }

    /// Returns the outages that are announced in a version: its own, and those of the version.
    pub fn brownouts_in(&self, version: &VersionModel) -> Vec<Brownout> {
        let own = self.deprecation.as_ref().map_or(&[][..], |deprecation| &deprecation.brownouts);
        Brownout::joined(own, &version.brownouts, self.sunset_in(version))
    }

    /// Returns the address to use in its place: in this version, or else in the newest.
    pub fn instead_in(&self, version: &VersionModel) -> Option<String> {
        let Successor { path, versions, newest, .. } =
            self.deprecation.as_ref()?.instead.as_ref()?;
        let same = versions.iter().find(|own| **own == version.segment);
        // All versions of an API have addresses of one form.
        Some(version.addresses.link(same.or(newest.as_ref())?, path))
    }

    /// Returns the headers by which its answers in a version tell of its end and of its version's
    /// (RFC 9745, RFC 8594, RFC 5829, RFC 9652).
    pub fn headers_in(&self, version: &VersionModel) -> Vec<(&'static str, HeaderValue)> {
        version::ending(
            self.deprecated_in(version),
            self.sunset_in(version),
            version.link(),
            self.instead_in(version).as_deref(),
        )
    }
}
