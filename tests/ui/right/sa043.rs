//! A version may be the one that is meant by a request which states none. A path always states one, and where no request does there is
//! one version, so there `unstated` says nothing. This holds at compile time.
//!
//! Wrong: version/unstated_in_paths

use secure_api::prelude::*;

#[derive(Version)]
#[version(place = header("X-Api-Version"), reason = "the partners state a day")]
pub enum Version {
    #[version(unstated)]
    V1,
    V2,
}
