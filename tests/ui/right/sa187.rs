//! An app that signs its own users in writes their tenant into the tokens that it issues. A claim that every access token has for
//! something else, as `sub`, cannot hold it: nobody could sign in. It is checked when the app is built.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;
use secure_api::sign_in::SignIn;

/// Removes all products.
#[delete("/products", version = Version::V1.., role = Role::Customer)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, tenants, routes(clear))]
pub struct Shop;

pub(super) fn wrong() -> Result<App, StartError> {
    let sign_in = SignIn::new("shop").tenant_claim("sub");
    Shop::app().base_url("https://shop.example").sign_in(sign_in).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let sign_in = SignIn::new("shop").tenant_claim("org_id");
    Shop::app().base_url("https://shop.example").sign_in(sign_in).build()
}
