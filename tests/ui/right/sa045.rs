//! An API whose requests state no version has one: of two, nobody could say which of both a request means, and a second one
//! would never be reached. An API that had no versions keeps its addresses by `place = none`, and says why. Its second version
//! needs a place in requests, and then the first has it too. This holds at compile time.
//!
//! Wrong: version/untold_of_two

use secure_api::prelude::*;

#[derive(Version)]
#[version(place = none, reason = "the old clients send no version")]
pub enum Version {
    V1,
}
