//! Versions of an API: which exist, which are deprecated since when, and which routes are in which.

use http::HeaderValue;

use crate::{clock::Clock, compose::same};

mod address_form;
mod brownout;
mod day;
mod ending;
mod range;

pub use address_form::{AddressForm, VersionPlace};
pub use brownout::Brownout;
pub use day::Day;
pub(crate) use ending::{ending, headers, link};
pub use range::{VersionPoint, VersionRange};

/// An API's version enum, made by `#[derive(Version)]`.
#[diagnostic::on_unimplemented(
    message = "SA602: `{Self}` is not a version enum",
    label = "no versions are declared by this type",
    note = "write `#[derive(Version)]` above `{Self}`, an enum whose variants are the versions, oldest first"
)]
pub trait Versions: Sized + Send + Sync + 'static {
    /// The versions, oldest first.
    #[doc(hidden)]
    const TABLE: &'static VersionTable;

    /// The versions, oldest first.
    const ALL: &'static [Self];

    /// Returns the place of this version in [`TABLE`](Self::TABLE).
    fn index(self) -> usize;
}

/// The fallback for a value that is no version, in scope where a version's value is used. What derives `Version` has a
/// `point` of its own, which wins over this one; on anything else the compiler says what [`Versions`] says, and not
/// that a method is missing.
pub trait NotVersions {
    /// Returns the point; never called, since a constant cannot.
    #[doc(hidden)]
    fn point(self) -> VersionPoint;
}

impl<V: Versions> NotVersions for V {
    fn point(self) -> VersionPoint {
        VersionPoint { index: u8::MAX, table: V::TABLE }
    }
}

/// All versions of one enum, oldest first.
#[derive(Debug)]
pub struct VersionTable {
    /// The enum, by its full path. Two versions of one crate have it in common.
    pub type_name: &'static str,
    /// A hash of what stands in the table: names, order, days and previews. Made by `#[derive(Version)]`.
    pub fingerprint: u128,
    /// The form of the addresses.
    pub addresses: AddressForm,
    /// The versions, oldest first.
    pub versions: &'static [VersionInfo],
}

impl VersionTable {
    /// Returns `true` if both are tables of one enum, so that a place means the same version in either.
    pub const fn is(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint && same(self.type_name, other.type_name)
    }
}

/// One version.
#[derive(Debug)]
pub struct VersionInfo {
    /// The variant's name.
    pub variant: &'static str,
    /// The version's text in requests: the variant in kebab-case, or the name that is stated.
    pub segment: &'static str,
    /// The description, from its doc comment.
    pub description: &'static str,
    /// The day from which it should not be used for anything new (RFC 9745).
    pub deprecated: Option<Day>,
    /// The day on which it stops being served (RFC 8594).
    pub sunset: Option<Day>,
    /// The URL of the guide for moving to a newer version.
    pub migrate: Option<&'static str>,
    /// `true` for a preview: served only where the app enables it, and free to change.
    pub preview: bool,
    /// The short outages that are announced, in the order of time.
    pub brownouts: &'static [Brownout],
}

/// The previews that an app serves.
#[derive(Debug, Clone, Default)]
pub struct Previews(Vec<usize>);

impl Previews {
    /// Adds the version at this place of the table.
    pub(crate) fn add(&mut self, index: usize) {
        self.0.push(index);
    }

    /// Returns `true` if a version is served: it is released, or a preview that was enabled.
    pub fn serve(&self, index: usize, version: &VersionInfo) -> bool {
        !version.preview || self.0.contains(&index)
    }
}

impl VersionInfo {
    /// Returns `true` from the day of its sunset on.
    pub fn is_sunset(&self, clock: &Clock) -> bool {
        self.sunset.is_some_and(|day| clock.unix_seconds() >= day.unix_seconds())
            && !crate::weakened::is("sunset")
    }

    /// Returns `Deprecation`, `Sunset` and `Link` as every answer of a deprecated version carries them (RFC 9745, RFC
    /// 8594). Empty for a version that is not deprecated.
    pub fn headers(&self) -> Vec<(&'static str, HeaderValue)> {
        headers(self.deprecated, self.sunset, self.link().as_deref())
    }

    /// Returns the `Link` header's value for the guide for moving on.
    pub(crate) fn link(&self) -> Option<String> {
        link(self.migrate, self.sunset)
    }
}
