//! The form of the addresses of an API, where it is another than ours.

use super::{VersionInfo, VersionTable};

/// The form of the addresses of an API. Stated above its enum of versions, so that each route that names a version knows it.
#[derive(Debug, Clone, Copy)]
pub struct AddressForm {
    /// The reason why paths are as they are written: with capitals, dots, a slash at the end.
    pub as_written: Option<&'static str>,
    /// The segments that all paths are below, as `/api`; the version's own comes behind them.
    pub below: &'static str,
    /// The place where a request states its version.
    pub place: VersionPlace,
    /// The reason why that is not the path.
    pub elsewhere: Option<&'static str>,
    /// The place of the version that is meant by a request which states none.
    pub unstated: Option<u8>,
}

/// The place where a request states its version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionPlace {
    /// A segment of its path.
    Path,
    /// Nowhere: there is one version.
    Nowhere,
    /// A field of its header, as it is written and in lower case.
    Header(&'static str, &'static str),
    /// A parameter of its query.
    Query(&'static str),
    /// The media type of what is sent and accepted: as it is written, and of each version, oldest first.
    MediaType(&'static str, &'static [&'static str]),
}

impl AddressForm {
    /// The form that nothing states: lower-case words with hyphens, below the version.
    pub const CANONICAL: Self = Self {
        as_written: None,
        below: "",
        place: VersionPlace::Path,
        elsewhere: None,
        unstated: None,
    };

    /// Returns what the paths of a version begin with, in parts.
    pub(crate) const fn prefix<'a>(&self, segment: &'a str) -> [&'a str; 3] {
        match self.place {
            VersionPlace::Path => [self.below, "/", segment],
            VersionPlace::Nowhere
            | VersionPlace::Header(..)
            | VersionPlace::Query(_)
            | VersionPlace::MediaType(..) => [self.below, "", ""],
        }
    }

    /// Returns the query that an address of a version has, in parts.
    pub(crate) const fn query<'a>(&self, segment: &'a str) -> [&'a str; 4] {
        match self.place {
            VersionPlace::Query(name) => ["?", name, "=", segment],
            VersionPlace::Path
            | VersionPlace::Nowhere
            | VersionPlace::Header(..)
            | VersionPlace::MediaType(..) => [""; 4],
        }
    }

    /// Returns the media type that states the version at a place of the table, where one does.
    pub(crate) fn media_type(&self, index: usize) -> Option<&'static str> {
        match self.place {
            VersionPlace::MediaType(_, types) => types.get(index).copied(),
            VersionPlace::Path
            | VersionPlace::Nowhere
            | VersionPlace::Header(..)
            | VersionPlace::Query(_) => None,
        }
    }

    /// Returns `true` for the version that a request means which states none.
    pub(crate) fn is_unstated(&self, index: usize) -> bool {
        self.unstated.is_some_and(|place| usize::from(place) == index)
    }
}

impl VersionTable {
    /// Returns the address of a path in a version, to be followed.
    pub(crate) fn link(&self, version: &VersionInfo, path: &str) -> String {
        self.address(version, path) + &self.addresses.query(version.segment).concat()
    }

    /// Returns the path of an address: of a path in a version.
    pub(crate) fn address(&self, version: &VersionInfo, path: &str) -> String {
        self.addresses.prefix(version.segment).concat() + path
    }
}
