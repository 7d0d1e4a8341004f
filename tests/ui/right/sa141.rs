//! The classes of an authentication stand in one parameter of the challenge with spaces between (RFC 9470), and a token names one of
//! them. A class with a space in it is one that no token can have. This holds at compile time, for the methods too.
//!
//! Wrong: identity/acr_of_no_name

use crate::shop::*;
use secure_api::prelude::*;

#[delete("/products", version = Version::V1.., role = Role::Customer, acr = ["gold", "very-good"])]
async fn clear() -> NoContent {
    NoContent
}
