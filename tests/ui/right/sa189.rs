//! A list of revoked certificates names the authority that it is of, and its signature is verified by the key of whichever has
//! that name. Where two have one, as an authority and the one that follows it, the clients of one of them would have no
//! connection, and nothing would say why. It is checked when the app is built, before a socket opens.
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

/// An authority with this name: its certificate, and a list without an entry.
fn authority(name: &str) -> (String, Vec<u8>) {
    let key = rcgen::KeyPair::generate().expect("a key");
    let mut params = rcgen::CertificateParams::new([]).expect("parameters");
    params.distinguished_name.push(rcgen::DnType::CommonName, name);
    let certificate = params.self_signed(&key).expect("a certificate").pem();
    let list = rcgen::CertificateRevocationListParams {
        this_update: rcgen::date_time_ymd(2020, 1, 1),
        next_update: rcgen::date_time_ymd(2035, 12, 31),
        crl_number: rcgen::SerialNumber::from(1),
        issuing_distribution_point: None,
        revoked_certs: Vec::new(),
        key_identifier_method: rcgen::KeyIdMethod::Sha256,
    };
    let list = list.signed_by(&rcgen::Issuer::new(params, key)).expect("a list");
    (certificate, list.der().to_vec())
}

/// A server that takes the clients of two authorities, each of which publishes a list.
fn served(names: [&str; 2]) -> Result<App, StartError> {
    let login =
        Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY));
    let pair = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a pair");
    let (chain, key) = (pair.cert.pem(), pair.signing_key.serialize_pem());
    let [(one, of_one), (two, of_two)] = names.map(authority);
    let tls = Tls::pem(chain.as_bytes(), SecretBytes::fetched(|| Ok::<_, StartError>(key.into()))?)
        .and_then(|tls| tls.clients((one + &two).as_bytes())?.revoked(&of_one)?.revoked(&of_two));
    Shop::app().tokens(login).tls(tls).build()
}

pub(super) fn wrong() -> Result<App, StartError> {
    served(["Machines", "Machines"])
}

pub(super) fn right() -> Result<App, StartError> {
    served(["Machines", "Machines of 2026"])
}
