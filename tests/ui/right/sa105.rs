//! The roles of a caller are a set of 128 bits, made once from its token, so that asking for a role is one comparison
//! and takes the same time for each. More than 128 roles are most often not roles but permissions, which OAuth scopes
//! say better: `scope = "orders:write"` beside the role. This holds at compile time.
//!
//! Wrong: role/too_many

use crate::shop::{BROWSE, Version};
use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Customer,
    Admin,
}

#[delete("/orders", version = Version::V1.., role = Role::Admin, scope = "orders:delete")]
async fn clear() -> NoContent {
    NoContent
}
