//! Client certificates: as credentials of their own, and as trusted proxies forward them.

mod forwarded;
mod mark;

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

pub(crate) use self::forwarded::{forwarded, is_forwarded};
use self::mark::Mark;
use crate::identity::{ClientCertificate, Credential, Head, Kind, Principal, Refused, Source};

/// Client certificates, as `by = Certificate` names them: of the connection, or forwarded by a trusted proxy.
///
/// A connection has one whatever is asked over it, so it is ignored where an operation does not admit it, where other
/// credentials were sent on purpose, and beside a session, whose owner signed in on purpose.
#[derive(Debug)]
pub enum Certificate {}

impl Credential for Certificate {
    const KIND: Kind = Kind::connection("Certificate");
}

/// A function that finds the principal of a certificate.
type Find = Box<dyn Fn(&ClientCertificate) -> Option<Principal> + Send + Sync>;

/// The source that knows whose a client certificate is, by a list or by a function.
///
/// A principal ends with its certificate, and is revoked by the thumbprint (base64url). A certificate that fits two entries of
/// the list is nobody's: 401.
///
/// ```
/// use secure_api::{client_certificate::Certificates, identity::Principal};
///
/// let billing = Principal::new("https://pki.shop.example", "billing").roles(["service"]);
/// let certificates = Certificates::new().uri("spiffe://shop.example/billing", billing);
///
/// // By a rule, in the place of a list.
/// let certificates = Certificates::by(|certificate| {
///     let name = certificate.uris().find_map(|uri| uri.strip_prefix("spiffe://shop.example/"))?;
///     Some(Principal::new("https://pki.shop.example", name).roles(["service"]))
/// });
/// ```
#[derive(Default)]
pub struct Certificates {
    stated: Vec<(Mark, Principal)>,
    find: Option<Find>,
}

impl Certificates {
    /// Creates a source that knows nobody yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a source that asks a function for the principal of each certificate.
    pub fn by(
        find: impl Fn(&ClientCertificate) -> Option<Principal> + Send + Sync + 'static,
    ) -> Self {
        Self { stated: Vec::new(), find: Some(Box::new(find)) }
    }

    /// Adds the principal of the certificates with this name of a host, in any case.
    #[must_use]
    pub fn dns(self, name: &str, principal: Principal) -> Self {
        self.with(Mark::Dns(name.to_ascii_lowercase()), principal)
    }

    /// Adds the principal of the certificates with this URI, byte for byte.
    #[must_use]
    pub fn uri(self, uri: &str, principal: Principal) -> Self {
        self.with(Mark::Uri(uri.to_owned()), principal)
    }

    /// Adds the principal of the certificates with this subject, as RFC 4514 writes it: `CN=billing,O=Shop`.
    #[must_use]
    pub fn subject(self, subject: &str, principal: Principal) -> Self {
        self.with(Mark::Subject(subject.to_owned()), principal)
    }

    /// Adds the principal of one certificate, by the SHA-256 digest of its DER in hexadecimal digits, with or without colons,
    /// as `openssl x509 -fingerprint -sha256` prints it.
    ///
    /// # Panics
    ///
    /// If that is none.
    #[must_use]
    pub fn thumbprint(self, sha256: &str, principal: Principal) -> Self {
        let Some(thumbprint) = mark::thumbprint(sha256) else {
            panic!("{sha256:?} is no SHA-256 digest: write 64 hexadecimal digits")
        };
        self.with(Mark::Thumbprint(thumbprint), principal)
    }

    fn with(mut self, mark: Mark, principal: Principal) -> Self {
        self.stated.push((mark, principal));
        self
    }

    /// Returns `true` if it asks no function.
    #[cfg(feature = "testing")]
    pub(crate) fn is_list(&self) -> bool {
        self.find.is_none()
    }

    /// Returns the principal of a certificate.
    fn find(&self, certificate: &ClientCertificate) -> Result<Principal, Refused> {
        let mut stated = self.stated.iter().filter(|(mark, _)| mark.is_of(certificate));
        match (stated.next(), stated.next()) {
            (Some((_, principal)), None) => Ok(principal.clone()),
            (Some(_), Some(_)) => {
                Err(Refused::invalid("the client certificate is of two principals"))
            }
            (None, _) if crate::weakened::is("certificate-name") => {
                let first = self.stated.first().map(|(_, principal)| principal.clone());
                first.ok_or_else(|| Refused::invalid("the client certificate is nobody's"))
            }
            (None, _) => {
                let found = self.find.as_ref().and_then(|find| find(certificate));
                found.ok_or_else(|| Refused::invalid("the client certificate is nobody's"))
            }
        }
    }
}

impl Source for Certificates {
    type Kind = Certificate;

    async fn identify(&self, _: &[u8], head: &Head<'_>) -> Result<Principal, Refused> {
        let certificate = head.certificate();
        let certificate = certificate.ok_or_else(|| Refused::invalid("there is no certificate"))?;
        let principal = self.find(certificate)?;
        // The second after the last in which it is good.
        let end = certificate.not_after().saturating_add(1);
        let end = principal.expires_at.map_or(end, |own| own.min(end));
        Ok(principal
            .credential_id(URL_SAFE_NO_PAD.encode(certificate.thumbprint()))
            .issued_at(certificate.not_before())
            .expires_at(end))
    }

    async fn still(&self, _: &[u8], head: &Head<'_>) -> Result<(), Refused> {
        let certificate = head.certificate();
        let certificate = certificate.ok_or_else(|| Refused::invalid("there is no certificate"))?;
        self.find(certificate).map(drop)
    }
}

impl fmt::Debug for Certificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificates").field("stated", &self.stated.len()).finish_non_exhaustive()
    }
}
