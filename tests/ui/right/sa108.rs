//! `#[derive(Role)]` makes the table that tokens are compared with: the names of the roles and who includes whom.
//! An enum without it has neither, so no caller could ever have such a role, and no check could compare it. This
//! holds at compile time.
//!
//! Wrong: role/enum_without_derive

use crate::shop::{BROWSE, Version};
use secure_api::prelude::*;

#[derive(Role)]
pub enum Staff {
    Clerk,
}

#[delete("/products", version = Version::V1.., role = Staff::Clerk)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Staff, versions = Version, limit = BROWSE,
      allow(unused_version, reason = "an example is for everybody"), routes(clear))]
pub struct Shop;
