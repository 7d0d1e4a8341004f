//! A short secret can be found by trying, from one token, without asking the API once. A key of another kind
//! verifies nothing, or worse: a public key used as a secret lets everybody sign. So a key fits its algorithm and
//! has enough bits: 32 bytes of secret, 2048 bits of RSA. Only the configuration knows it, so it is checked when
//! the app is built, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;

/// Removes all products.
#[delete("/products", version = Version::V1.., role = Role::Customer)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

pub(super) fn wrong() -> Result<App, StartError> {
    // What the vault gives is too short.
    let vault = || Ok::<_, StartError>(b"hunter2".to_vec());
    let secret = SecretBytes::fetched(vault)?;
    let login = Issuer::new("https://login.example").audience("shop").key(Key::hs256(secret));
    Shop::app().tokens(login).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let login =
        Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY));
    Shop::app().tokens(login).build()
}
