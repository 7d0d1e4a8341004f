//! Roles include each other: an admin has the customer's role too. So an arm for customers takes admins as well,
//! and one for admins below it is read by nobody. The higher role comes first. This holds at compile time.
//!
//! Wrong: limit/by_role_unreached

use crate::shop::*;
use secure_api::prelude::*;

const FAST: Limit = Limit::per_principal(6000).per_minute();

#[delete("/products", version = Version::V1.., role = Role::Customer, limit(Role::Admin => FAST, _ => BROWSE))]
async fn clear() -> NoContent {
    NoContent
}
