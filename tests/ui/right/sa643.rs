//! A range as `Version::V1..` goes from older versions to newer ones, in the order of the variants. With the newest
//! first it would leave out what it is meant to admit. Names with numbers are compared; names without any are taken
//! as they stand. This holds at compile time.
//!
//! Wrong: version/newest_first

use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    V1,
    V2,
    V3,
}
