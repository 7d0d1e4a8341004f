//! A client certificate is worth as much as the authority that issued it, and without one there is nobody to believe. A file that
//! has none, or of which half cannot be read, is another one than was meant. It is checked when the app is built, before a socket
//! opens, and nothing of the file is repeated.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::Tls;
use secure_api::app::App;
use secure_api::prelude::*;

/// Removes all products.
#[delete("/products", version = Version::V1.., role = Role::Customer)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

/// A server that takes the clients of these authorities.
fn served(authorities: &[u8]) -> Result<App, StartError> {
    let login =
        Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY));
    let pair = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a pair");
    let (chain, key) = (pair.cert.pem(), pair.signing_key.serialize_pem());
    let tls = Tls::pem(chain.as_bytes(), SecretBytes::fetched(|| Ok::<_, StartError>(key.into()))?);
    Shop::app().tokens(login).tls(tls.and_then(|tls| tls.clients(authorities))).build()
}

pub(super) fn wrong() -> Result<App, StartError> {
    served(b"the authorities are in another file")
}

pub(super) fn right() -> Result<App, StartError> {
    let pair = rcgen::generate_simple_self_signed(["clients.example".to_owned()]).expect("a pair");
    served(pair.cert.pem().as_bytes())
}
