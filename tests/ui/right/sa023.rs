//! An exception that excepts nothing is a door left open for later: the day somebody adds an extractor, nobody is
//! asked why. So an exception goes when its reason goes. This holds at compile time.
//!
//! Wrong: route/allow_unneeded

use crate::shop::*;
use secure_api::prelude::*;

#[delete("/products", version = Version::V1.., role = Role::Customer)]
async fn clear() -> NoContent {
    NoContent
}
