//! The type of a body without fields is its bound. None of 0 bytes lets anything through, and of large ones in memory a few are
//! enough to take it all: what has more than 64 MiB is written to a file while it arrives. This holds at compile time.
//!
//! Wrong: input/raw_body_too_large_to_be_held

use crate::shop::*;
use secure_api::prelude::*;

#[put("/film", version = Version::V1.., role = Role::Admin, accepts("video/mp4"), timeout = Duration::from_secs(600))]
pub async fn set_film(film: StreamedBody<{ 500 * MIB }>) -> NoContent {
    drop(film);
    NoContent
}
