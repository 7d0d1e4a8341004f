//! The versions that a route is in.

use super::{AddressForm, VersionInfo, VersionTable};
use crate::compose::{Text, push_other};

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
static NO_VERSIONS: VersionTable = VersionTable {
    type_name: "",
    fingerprint: 0,
    addresses: AddressForm::CANONICAL,
    versions: &[],
};

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

    /// Returns `true` if paths are as written in these versions. Of what has a mistake of its own, nothing is said.
    pub(crate) const fn excuses_paths(self) -> bool {
        !self.is_stated() || self.table.addresses.as_written.is_some()
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
