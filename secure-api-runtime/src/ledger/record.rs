//! Records: what is remembered under a name until it ends.

use std::fmt;

use super::Name;

/// A record to be kept.
pub struct Record {
    /// The content, sealed where others can read the ledger.
    pub value: Vec<u8>,
    /// The time at which it ends, in seconds since 1970. From then on it is not there. `i64::MAX` for what has no end.
    pub until: i64,
    /// The group that it can be listed by: the records of one caller.
    pub group: Option<Name>,
    /// The holder whose share of the room it takes: the caller of a step or a key. Where room gets short, whoever has most is
    /// refused first. None for what no caller makes at will.
    pub holder: Option<Name>,
}

/// A record that is kept.
pub struct Kept {
    /// The content.
    pub value: Vec<u8>,
    /// The time at which it ends, in seconds since 1970.
    pub until: i64,
    /// A number that is another after each change of the record, below 2^63 − 1: that is the version that none has.
    pub version: u64,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record").field("until", &self.until).finish_non_exhaustive()
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { until, version, .. } = self;
        f.debug_struct("Kept")
            .field("until", until)
            .field("version", version)
            .finish_non_exhaustive()
    }
}
