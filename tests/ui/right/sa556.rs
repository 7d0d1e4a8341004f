//! Bytes of which nothing says what they are make their reader guess, and a body that its sender takes for one thing is read as
//! another. So the route says which media types it takes: it refuses the others with 415, and its document names them. This holds
//! at compile time.
//!
//! Wrong: input/bytes_of_no_media_type

use crate::shop::*;
use secure_api::prelude::*;

#[put("/logo", version = Version::V1.., role = Role::Admin, accepts("image/png", "image/jpeg"))]
pub async fn set_logo(logo: RawBody<4096>) -> NoContent {
    drop(logo);
    NoContent
}
