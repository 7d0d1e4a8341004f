//! Certificates that a proxy forwards in a header (RFC 9440): it ended the TLS in which the client proved to have one.

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderMap, HeaderName};

use crate::{
    error::{Problem, problem},
    identity::ClientCertificate,
};

/// The header with the certificate of the client.
const CERTIFICATE: HeaderName = HeaderName::from_static("client-cert");
/// The header with the rest of its chain, which the proxy has verified.
const CHAIN: HeaderName = HeaderName::from_static("client-cert-chain");

/// Returns `true` if a request has a certificate in a header, which only a trusted proxy puts there.
pub(crate) fn is_forwarded(headers: &HeaderMap) -> bool {
    // Each request is asked, and most have few fields: comparing their names costs less than hashing two.
    headers.keys().any(|name| *name == CERTIFICATE || *name == CHAIN)
}

/// Returns the certificate that a trusted proxy forwards, if there is one.
///
/// # Errors
///
/// 400 if there are two, or something that is none: then nobody knows whose request it is.
pub(crate) fn forwarded(headers: &HeaderMap) -> Result<Option<ClientCertificate>, Problem> {
    let mut values = headers.get_all(CERTIFICATE).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let certificate = match values.next() {
        None => read(value.as_bytes()),
        Some(_) => None,
    };
    let refused = || Problem::new(&problem::MALFORMED).saying("the forwarded certificate is none");
    certificate.map(Some).ok_or_else(refused)
}

/// Reads a sequence of bytes (RFC 9651, section 3.3.5) without parameters.
fn read(value: &[u8]) -> Option<ClientCertificate> {
    let encoded = value.trim_ascii().strip_prefix(b":")?.strip_suffix(b":")?;
    ClientCertificate::read(&STANDARD.decode(encoded).ok()?)
}
