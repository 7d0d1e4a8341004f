//! An address is counted before the token is read, so that guessing tokens is slow. At that time nobody knows a
//! role yet, and a limit per address that depends on one could not be applied. By role, callers are limited:
//! `per_principal`. This holds at compile time.
//!
//! Wrong: limit/by_role_per_address

use crate::shop::*;
use secure_api::prelude::*;

const FAST: Limit = Limit::per_principal(6000).per_minute();

#[delete("/products", version = Version::V1.., role = Role::Customer, limit(Role::Admin => FAST, _ => BROWSE))]
async fn clear() -> NoContent {
    NoContent
}
