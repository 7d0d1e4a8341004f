//! Ranges are read from the oldest version to the newest: `V1..` means all from V1 on. A preview in the middle
//! would be in such a range, and callers of released versions would depend on what is free to break. So previews
//! come last. This holds at compile time.
//!
//! Wrong: version/preview_before_a_release

use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    V1,
    V2,
    #[version(preview)]
    V3,
}
