//! The issuer of `testing` signs whatever a test asks for, for any role. Its key is made in the process and leaves it
//! nowhere, but a server that accepts its tokens was built with the feature for tests, and has no business on a
//! network. So such an app is served on loopback only. This is checked before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::prelude::*;
use secure_api::serve::BoundServer;
use secure_api::{Tls, testing};

use super::certificate;

/// Removes all products.
#[delete("/products", version = Version::V1.., role = Role::Customer)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

pub(super) async fn wrong() -> Result<BoundServer, StartError> {
    let shop = certificate("shop.example");
    let tls = Tls::pem(
        shop.cert.pem().as_bytes(),
        SecretBytes::fetched(|| Ok::<_, StartError>(shop.signing_key.serialize_pem().into()))?,
    );
    Shop::app().tokens(testing::issuer()).tls(tls).build()?.bind("0.0.0.0:8443").await
}

pub(super) async fn right() -> Result<BoundServer, StartError> {
    Shop::app().tokens(testing::issuer()).build()?.bind("127.0.0.1:0").await
}
