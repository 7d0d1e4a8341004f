//! A brownout reminds callers of an end, and its refusals carry the day in `Sunset`. Without a sunset it would be an outage, and
//! callers would wait for it to be over. This holds at compile time.
//!
//! Wrong: version/brownout_without_sunset

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
