//! A version that ends before it is deprecated ends without a warning. RFC 9745 forbids it, and callers would find
//! a 410 where they expected a notice. This holds at compile time.
//!
//! Wrong: version/sunset_before_deprecation

use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    #[version(deprecated = "2027-01-01", sunset = "2027-06-01")]
    V1,
    V2,
}
