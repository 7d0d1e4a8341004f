//! A name that states the version is read by nobody else: a header that the framework, a browser or a proxy has a meaning for
//! would have two, and so would a parameter of a page. And the name has signs alone that it may have. This holds at compile time.
//!
//! Wrong: version/stated_in_a_header_of_others

use secure_api::prelude::*;

#[derive(Version)]
#[version(place = header("X-Api-Version"), reason = "the partners state a day")]
pub enum Version {
    V1,
    V2,
}
