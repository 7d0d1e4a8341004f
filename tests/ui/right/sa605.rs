//! A version answers 410 on the day of its sunset. Callers have to be told before that, and `deprecated` is what tells
//! them, in a header of each answer from that day on. This holds at compile time.
//!
//! Wrong: version/sunset_alone

use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    #[version(deprecated = "2026-06-01", sunset = "2027-01-01")]
    V1,
    V2,
}
