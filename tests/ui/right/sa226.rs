//! A header tells whose a request is where a proxy wrote it, and anybody else's is nobody's word. Where no proxy is named, nobody's
//! counts, and all who come through one are one caller: they share its limits. It is checked when the app is built.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::{App, ForwardedHeader};
use secure_api::prelude::*;

/// Removes all products.
#[delete("/products", version = Version::V1.., public = "the sandbox is for everybody")]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(clear))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    Sandbox::app().forwarded(ForwardedHeader::Forwarded).build()
}

pub(super) fn right() -> Result<App, StartError> {
    Sandbox::app().forwarded(ForwardedHeader::Forwarded).proxies(["10.0.0.0/8"]).build()
}
