//! Callers are served between two brownouts, so that who was refused can move on. Two that overlap, or follow each other at
//! once, are one that is longer than both say. This holds at compile time.
//!
//! Wrong: version/brownouts_that_overlap

use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    #[version(
        deprecated = "2026-06-01",
        sunset = "2027-01-01",
        brownout("2026-12-01T10:00Z", "30m"),
        brownout("2026-12-08T10:00Z", "2h")
    )]
    V1,
    V2,
}
