//! The name of a version stands in a path, in a header or a media type, and in the name of its document. So it has signs alone
//! that mean themselves in all of these, and begins with one that is no sign at all. This holds at compile time.
//!
//! Wrong: version/name_with_a_slash

use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    #[version(name = "2026-10-01")]
    October,
}
