//! A body that has an argument of its own is decoded by it, strictly and within its rules; taken as bytes, none of them would hold. A
//! wildcard names nothing that could be documented, or refused. This is a mistake of the macro.
//!
//! Wrong: input/accepts_a_wildcard

use crate::shop::*;
use secure_api::prelude::*;

#[put("/logo", version = Version::V1.., role = Role::Customer, accepts("image/png", "image/webp"))]
pub async fn set_logo(logo: RawBody<4096>) -> NoContent {
    drop(logo);
    NoContent
}
