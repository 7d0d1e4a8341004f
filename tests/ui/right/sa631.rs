//! A brownout is short: callers notice, and are served again before it costs them much. What is gone for more than a day has
//! ended, and an end is a sunset. Begin with minutes, and let later ones last longer. This holds at compile time.
//!
//! Wrong: version/brownout_of_two_days

use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    #[version(
        deprecated = "2026-06-01",
        sunset = "2027-01-01",
        brownout("2026-12-01T10:00Z", "24h")
    )]
    V1,
    V2,
}
