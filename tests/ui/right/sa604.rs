//! A day is sent to callers as a date (RFC 9745, RFC 8594) and compared with the clock. 06-01 is June to some and
//! January to others, so there is one form: year, month, day (RFC 3339). A day that does not exist is refused too.
//! This holds at compile time.
//!
//! Wrong: version/day_in_other_form

use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    #[version(deprecated = "2027-06-01")]
    V1,
    V2,
}
