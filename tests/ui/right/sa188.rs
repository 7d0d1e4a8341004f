//! A list of revoked certificates says of each certificate of its authority whether it still counts, until its next update. One that
//! is older, or that cannot be read, says nothing, and who takes it for one that does lets in whoever was revoked since. It is
//! checked when the app is built, before a socket opens.
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

/// A list without an entry, until the end of a year.
fn list(authority: &rcgen::Issuer<'_, rcgen::KeyPair>, last: i32) -> Vec<u8> {
    let list = rcgen::CertificateRevocationListParams {
        this_update: rcgen::date_time_ymd(2020, 1, 1),
        next_update: rcgen::date_time_ymd(last, 12, 31),
        crl_number: rcgen::SerialNumber::from(1),
        issuing_distribution_point: None,
        revoked_certs: Vec::new(),
        key_identifier_method: rcgen::KeyIdMethod::Sha256,
    };
    list.signed_by(authority).expect("a list").der().to_vec()
}

/// A server that takes the clients of an authority which publishes a list until the end of a year.
fn served(last: i32) -> Result<App, StartError> {
    let login =
        Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY));
    let pair = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a pair");
    let (chain, key) = (pair.cert.pem(), pair.signing_key.serialize_pem());
    let clients = rcgen::KeyPair::generate().expect("a key");
    let params = rcgen::CertificateParams::new([]).expect("parameters");
    let authorities = params.self_signed(&clients).expect("a certificate").pem();
    let list = list(&rcgen::Issuer::new(params, clients), last);
    let tls = Tls::pem(chain.as_bytes(), SecretBytes::fetched(|| Ok::<_, StartError>(key.into()))?);
    let tls = tls.and_then(|tls| tls.clients(authorities.as_bytes())?.revoked(&list));
    Shop::app().tokens(login).tls(tls).build()
}

pub(super) fn wrong() -> Result<App, StartError> {
    served(2021)
}

pub(super) fn right() -> Result<App, StartError> {
    served(2035)
}
