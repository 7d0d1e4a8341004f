//! The type of a body without fields says how many bytes it may have. A second number would be the one that somebody changes,
//! while the other one is enforced. This holds at compile time.
//!
//! Wrong: input/body_limit_beside_bytes

use crate::shop::*;
use secure_api::prelude::*;

#[put("/logo", version = Version::V1.., role = Role::Admin, accepts("image/png"))]
pub async fn set_logo(logo: RawBody<2048>) -> NoContent {
    drop(logo);
    NoContent
}
