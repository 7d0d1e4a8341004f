//! A preview promises nothing: it may change or go on any day, and it is served only where the app enables it. A
//! day of deprecation is a promise to be there until then. This holds at compile time.
//!
//! Wrong: version/preview_deprecated

use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    V1,
    #[version(deprecated = "2027-06-01")]
    V2,
    #[version(preview)]
    V3,
}
