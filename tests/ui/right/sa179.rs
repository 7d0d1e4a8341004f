//! The burst of a limit is a part of what its window allows, so the window stands first, and the burst behind that.
//! The function that takes it before exists only to say so: the compiler would say no more than that there is none. This
//! holds at compile time.
//!
//! Wrong: limit/burst_before_the_window

use crate::shop::*;
use secure_api::prelude::*;

const SELDOM: Limit = Limit::per_principal(30).per_minute().burst(10);

#[delete("/products", version = Version::V1.., role = Role::Admin, limit = SELDOM)]
pub async fn clear() -> NoContent {
    NoContent
}
