//! Callers are told of the deprecation before the first brownout, and after the sunset there is nothing left that could be out.
//! So a brownout begins and ends between the two. This holds at compile time.
//!
//! Wrong: version/brownout_before_deprecation

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
