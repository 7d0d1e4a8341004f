//! The certificate of a client: its names, its thumbprint, and the time that it is good for.

use std::{fmt, sync::Arc};

use x509_cert::{
    Certificate,
    der::{Decode, Encode},
    ext::pkix::{SubjectAltName, name::GeneralName},
    time::Time,
};

use super::confirmation::{Thumbprint, thumbprint};

/// The certificate that a client proved to have: in the handshake of its connection, or to a trusted proxy. Whoever took it
/// there has verified its chain; what stands in it is what its authority says.
///
/// Clones share it.
#[derive(Clone)]
pub struct ClientCertificate(Arc<Facts>);

struct Facts {
    thumbprint: Thumbprint,
    subject: String,
    dns: Vec<String>,
    uris: Vec<String>,
    /// Seconds since 1970, of which both are in the time that it is good for.
    not_before: i64,
    not_after: i64,
}

impl ClientCertificate {
    /// Reads a certificate (RFC 5280), its DER and nothing after it.
    pub(crate) fn read(der: &[u8]) -> Option<Self> {
        let certificate = Certificate::from_der(der).ok()?;
        // What another form of the same would be another thumbprint of.
        if certificate.to_der().ok()? != der {
            return None;
        }
        let signed = certificate.tbs_certificate();
        let names = signed.get_extension::<SubjectAltName>().ok()?;
        let names = names.map(|(_, SubjectAltName(names))| names).unwrap_or_default();
        let (mut dns, mut uris) = (Vec::new(), Vec::new());
        for name in names {
            match name {
                GeneralName::DnsName(name) => dns.push(name.as_str().to_owned()),
                GeneralName::UniformResourceIdentifier(uri) => uris.push(uri.as_str().to_owned()),
                _ => {}
            }
        }
        Some(Self(Arc::new(Facts {
            thumbprint: thumbprint(der),
            subject: signed.subject().to_string(),
            dns,
            uris,
            not_before: seconds(signed.validity().not_before)?,
            not_after: seconds(signed.validity().not_after)?,
        })))
    }

    /// Returns the SHA-256 digest of its DER.
    pub fn thumbprint(&self) -> &[u8; 32] {
        &self.0.thumbprint
    }

    /// Returns the subject, as RFC 4514 writes it: `CN=billing,O=Shop`.
    pub fn subject(&self) -> &str {
        &self.0.subject
    }

    /// Returns the names of hosts among its subject's alternative names.
    pub fn dns_names(&self) -> impl Iterator<Item = &str> {
        self.0.dns.iter().map(String::as_str)
    }

    /// Returns the URIs among its subject's alternative names, as `spiffe://shop.example/billing`.
    pub fn uris(&self) -> impl Iterator<Item = &str> {
        self.0.uris.iter().map(String::as_str)
    }

    /// Returns the time from which on it is good, in seconds since 1970.
    pub fn not_before(&self) -> i64 {
        self.0.not_before
    }

    /// Returns the last second in which it is good, in seconds since 1970.
    pub fn not_after(&self) -> i64 {
        self.0.not_after
    }

    /// Returns `true` if it is good at this time. A connection may last longer than its certificate.
    pub(crate) fn is_good_at(&self, now: i64) -> bool {
        (self.0.not_before..=self.0.not_after).contains(&now)
    }
}

fn seconds(time: Time) -> Option<i64> {
    i64::try_from(time.to_unix_duration().as_secs()).ok()
}

// Who somebody is is for whoever asks, and not for every log.
impl fmt::Debug for ClientCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCertificate")
            .field("not_after", &self.0.not_after)
            .finish_non_exhaustive()
    }
}
