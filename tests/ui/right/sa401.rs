//! The text that an error says to its caller is chosen, not converted. A `String` or an error of a library may hold a
//! query, a path or a key, and `Display` was written for a log. A type that derives `ApiError` says for each case which
//! status and which constant words go out, and keeps the cause for the log. This holds at compile time.
//!
//! Wrong: error/text

use crate::shop::*;
use secure_api::prelude::*;

#[delete("/products", version = Version::V1.., role = Role::Customer)]
async fn clear() -> Result<NoContent, ShopError> {
    Ok(NoContent)
}
