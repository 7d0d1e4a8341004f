//! A media type that states the version is a name of one's own, with the version at one place in it: one that is registered has a
//! meaning already, and parameters are left out by many who read a media type, so a request would mean another version than its
//! answer is of. This holds at compile time.
//!
//! Wrong: version/media_type_with_a_parameter

use secure_api::prelude::*;

#[derive(Version)]
#[version(place = media_type("application/vnd.acme.{version}+json"), reason = "the partners accept a version")]
pub enum Version {
    V1,
    V2,
}
