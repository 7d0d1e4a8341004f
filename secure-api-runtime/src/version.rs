//! Versions of an API: which exist, which are deprecated since when, and which routes are in which.

use http::HeaderValue;
use jiff::civil;
use serde::{Deserialize, Serialize};

use crate::{
    clock::Clock,
    compose::{Text, push_other, same},
};

/// An API's version enum, made by `#[derive(Version)]`.
#[diagnostic::on_unimplemented(
    message = "SA602: `{Self}` is not a version enum",
    label = "no versions are declared by this type",
    note = "add `#[derive(Version)]` to an enum whose variants are the versions, oldest first"
)]
pub trait Versions: Sized + Send + Sync + 'static {
    /// The versions, oldest first.
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
    /// The path segment: the variant in kebab-case.
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

/// A calendar day; it begins at midnight UTC. In JSON it is a text, as `2026-06-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(civil::Date);

impl Day {
    /// Creates a day. Panics on one that does not exist, which a constant turns into a compile error.
    pub const fn new(year: i16, month: i8, day: i8) -> Self {
        Self(civil::date(year, month, day))
    }

    /// Returns its beginning, in seconds since 1970-01-01T00:00:00Z.
    pub fn unix_seconds(self) -> i64 {
        // A civil day between years -9999 and 9999 always has a midnight in UTC.
        jiff::tz::TimeZone::UTC
            .to_timestamp(self.0.at(0, 0, 0, 0))
            .map_or(i64::MAX, |midnight| midnight.as_second())
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = jiff::Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl VersionInfo {
    /// Returns `true` from the day of its sunset on.
    pub fn is_sunset(&self, clock: &Clock) -> bool {
        self.sunset.is_some_and(|day| clock.unix_seconds() >= day.unix_seconds())
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

/// Returns the page on how to move on from a version, as a link (RFC 8288).
pub(crate) fn link(migrate: Option<&str>, sunset: Option<Day>) -> Option<String> {
    let relations = if sunset.is_some() { "deprecation sunset" } else { "deprecation" };
    migrate.map(|url| format!("<{url}>; rel=\"{relations}\"; type=\"text/html\""))
}

/// Returns the headers of what is deprecated, with the path to use in its place. A path with parameters is a template
/// (RFC 9652): what was sent is not repeated.
pub(crate) fn ending(
    deprecated: Option<Day>,
    sunset: Option<Day>,
    link: Option<String>,
    instead: Option<&str>,
) -> Vec<(&'static str, HeaderValue)> {
    let (templates, paths): (Vec<_>, Vec<_>) =
        instead.into_iter().partition(|path| path.contains('{'));
    let paths = paths.iter().map(|path| format!("<{path}>; rel=\"successor-version\""));
    let links: Vec<String> = link.into_iter().chain(paths).collect();
    let link = (!links.is_empty()).then(|| links.join(", "));
    let mut headers = headers(deprecated, sunset, link.as_deref());
    for path in templates {
        let link = format!("\"{path}\"; rel=\"successor-version\"");
        // Paths that the macros have checked are visible ASCII.
        headers.extend(HeaderValue::from_str(&link).ok().map(|link| ("link-template", link)));
    }
    headers
}

/// Returns `Deprecation`, `Sunset` and `Link` of what is deprecated.
pub(crate) fn headers(
    deprecated: Option<Day>,
    sunset: Option<Day>,
    link: Option<&str>,
) -> Vec<(&'static str, HeaderValue)> {
    let deprecated = deprecated.map(|day| ("deprecation", format!("@{}", day.unix_seconds())));
    let sunset = sunset.map(|day| {
        let seconds = u64::try_from(day.unix_seconds()).unwrap_or(0);
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
        ("sunset", httpdate::fmt_http_date(time))
    });
    let link = link.map(|link| ("link", link.to_owned()));
    // Dates and links that the macros have checked are visible ASCII.
    let value = |(name, text): (_, String)| Some((name, HeaderValue::from_str(&text).ok()?));
    [deprecated, sunset, link].into_iter().flatten().filter_map(value).collect()
}

/// One version as a value that constants can compare. Made by `#[derive(Version)]`.
#[derive(Debug, Clone, Copy)]
pub struct VersionPoint {
    /// Its place in the table.
    pub index: u8,
    /// The table it is of.
    pub table: &'static VersionTable,
}

/// Checks that the two ends of a range are of one enum.
#[track_caller]
const fn same_enum(first: VersionPoint, last: VersionPoint) {
    // One that is no version enum, or has a mistake of its own, has been told of.
    if first.table.is(last.table)
        || first.table.versions.is_empty()
        || last.table.versions.is_empty()
    {
        return;
    }
    let mut text = Text::new();
    text.push_all(&[
        "SA610: `version` is in versions of ",
        last.table.type_name,
        ", and the versions of its other end are ",
    ]);
    push_other(&mut text, last.table.type_name, first.table.type_name, "use one version enum");
    text.fail();
}

/// The versions that a route is in, both ends included.
#[derive(Debug, Clone, Copy)]
pub struct VersionRange {
    first: u8,
    last: u8,
    table: &'static VersionTable,
}

/// The table of a range that no enum stands behind.
static NO_VERSIONS: VersionTable = VersionTable { type_name: "", fingerprint: 0, versions: &[] };

impl VersionRange {
    /// The range that nothing states: no version of no enum.
    pub const NONE: Self = Self { first: 1, last: 0, table: &NO_VERSIONS };

    /// Creates the range of one version.
    pub const fn only(version: VersionPoint) -> Self {
        Self::between(version, version)
    }

    /// Creates the range from one version on, the ones to come included.
    pub const fn from(first: VersionPoint) -> Self {
        Self { first: first.index, last: u8::MAX, table: first.table }
    }

    /// Creates the range from one version to another, both included.
    #[track_caller]
    pub const fn between(first: VersionPoint, last: VersionPoint) -> Self {
        same_enum(first, last);
        Self { first: first.index, last: last.index, table: first.table }
    }

    /// Creates the range from one version to before another.
    #[track_caller]
    pub const fn before(first: VersionPoint, end: VersionPoint) -> Self {
        same_enum(first, end);
        // An end of 0 leaves an empty range, which `is_empty` tells.
        if end.index == 0 {
            return Self { first: 1, last: 0, table: first.table };
        }
        Self { first: first.index, last: end.index - 1, table: first.table }
    }

    /// Creates the range from the oldest version of the table to one, included.
    pub const fn up_to(last: VersionPoint) -> Self {
        Self { first: 0, last: last.index, table: last.table }
    }

    /// Creates the range from the oldest version of the table to before one.
    pub const fn up_to_before(end: VersionPoint) -> Self {
        Self::before(VersionPoint { index: 0, table: end.table }, end)
    }

    /// Returns the table it speaks of.
    pub const fn table(self) -> &'static VersionTable {
        self.table
    }

    /// Returns `true` if no version is in the range. Of an enum without versions, whose own mistake that is, nothing is
    /// said.
    pub const fn is_empty(self) -> bool {
        let count = self.table.versions.len();
        count > 0 && (self.first > self.last || self.first as usize >= count)
    }

    /// Returns `true` if a range was stated, over an enum that has versions.
    pub(crate) const fn is_stated(self) -> bool {
        !self.table.versions.is_empty()
    }

    /// Returns `true` if a released version is in the range.
    pub const fn is_released(self) -> bool {
        self.overlaps_released(self)
    }

    /// Returns `true` if some released version is in both. Ranges of different enums have none in common.
    pub const fn overlaps_released(self, other: Self) -> bool {
        if !self.is_of(other.table) {
            return false;
        }
        let mut index = 0;
        while index < self.table.versions.len() {
            let released = !self.table.versions[index].preview;
            if released && self.contains(index) && other.contains(index) {
                return true;
            }
            index += 1;
        }
        false
    }

    /// Returns `true` if the version at this index of the table is in the range.
    pub const fn contains(self, index: usize) -> bool {
        index >= self.first as usize && index <= self.last as usize
    }

    /// Returns the places of its versions in the table.
    pub const fn places(self) -> std::ops::RangeInclusive<usize> {
        self.first as usize..=self.last as usize
    }

    /// Returns `true` if it is in versions of this table.
    pub const fn is_of(self, table: &VersionTable) -> bool {
        self.table.is(table)
    }

    /// Returns `true` if every version in it is in the other too. Ranges of different enums have none in common.
    pub const fn within(self, other: Self) -> bool {
        if !self.is_of(other.table) {
            return false;
        }
        // The versions to come are no versions yet: an open end is that of the table.
        let count = self.table.versions.len();
        let last = if self.last as usize >= count { count as u8 } else { self.last + 1 };
        other.first <= self.first && (other.last == u8::MAX || last <= other.last + 1)
    }

    /// Returns `true` if some version is in both. Ranges of different enums have none in common.
    pub const fn overlaps(self, other: Self) -> bool {
        self.is_of(other.table) && self.first <= other.last && other.first <= self.last
    }

    /// Returns the versions in it, oldest first, with their places.
    pub fn versions(self) -> impl Iterator<Item = (usize, &'static VersionInfo)> {
        self.table.versions.iter().enumerate().filter(move |(index, _)| self.contains(*index))
    }

    /// Returns the newest version in it that is surely served: one that is released, if there is any.
    pub fn newest_served(self) -> Option<(usize, &'static VersionInfo)> {
        let released = self.versions().filter(|(_, version)| !version.preview).last();
        released.or(self.newest())
    }

    /// Returns the newest version in it.
    pub fn newest(self) -> Option<(usize, &'static VersionInfo)> {
        self.versions().last()
    }
}
