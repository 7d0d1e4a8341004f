//! A brownout is announced to people in many places. It has the minute in which it begins, in UTC, and a length in minutes or
//! hours, so that nobody has to guess a time zone or a unit. This holds at compile time.
//!
//! Wrong: version/brownout_with_seconds

use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    #[version(
        deprecated = "2026-06-01",
        sunset = "2027-01-01",
        brownout("2026-12-01T10:00Z", "30m")
    )]
    V1,
    V2,
}
