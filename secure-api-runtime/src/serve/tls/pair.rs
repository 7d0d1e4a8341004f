//! A certificate chain with its private key, read and ready.

use std::sync::Arc;

use rustls::{
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    sign::CertifiedKey,
};

use crate::{error::StartProblem, identity::ClientCertificate};

/// A certificate chain, the server's own first, with the key of that one.
pub(super) struct Pair {
    pub(super) certified: Arc<CertifiedKey>,
    /// The hosts that it is for, in lower case; one that begins with `*.` is for all right below it.
    hosts: Vec<String>,
    /// Seconds since 1970, of which both are in the time that it is good for.
    pub(super) begins: i64,
    pub(super) ends: i64,
}

impl Pair {
    /// Reads a pair from PEM.
    ///
    /// # Errors
    ///
    /// SA204, SA205 or SA206; none of them repeats anything of what was read.
    pub(super) fn of(chain: &[u8], key: &[u8]) -> Result<Self, StartProblem> {
        let chain = CertificateDer::pem_slice_iter(chain)
            .collect::<Result<Vec<_>, _>>()
            .ok()
            .filter(|chain| !chain.is_empty())
            .ok_or_else(bad_certificate)?;
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| bad_key())?;
        let provider = aws_lc_rs::default_provider();
        let key = provider.key_provider.load_private_key(key).map_err(|_| bad_key())?;
        let own = ClientCertificate::read(&chain[0]).ok_or_else(bad_certificate)?;
        let certified = CertifiedKey::new(chain, key);
        certified.keys_match().map_err(|error| match error {
            rustls::Error::InconsistentKeys(_) => bad_pair(),
            _ => bad_certificate(),
        })?;
        Ok(Self {
            certified: Arc::new(certified),
            hosts: own.dns_names().map(str::to_ascii_lowercase).collect(),
            begins: own.not_before(),
            ends: own.not_after(),
        })
    }

    /// Checks that it is good at this time.
    ///
    /// # Errors
    ///
    /// SA214 if it has ended, or has not begun.
    pub(super) fn good_at(&self, now: i64) -> Result<(), StartProblem> {
        if (self.begins..=self.ends).contains(&now) { Ok(()) } else { Err(ended()) }
    }

    /// Returns the server's own certificate.
    #[cfg(any(feature = "acme", feature = "development-certificates"))]
    pub(super) fn certificate(&self) -> &CertificateDer<'static> {
        // `of` reads no chain without one.
        &self.certified.cert[0]
    }

    /// Returns the host that it is known by.
    pub(super) fn name(&self) -> &str {
        self.hosts.first().map_or("", String::as_str)
    }

    /// Returns `true` if it is for this host, which is in lower case.
    pub(super) fn is_for(&self, host: &str) -> bool {
        let above = host.split_once('.').map(|(_, above)| above);
        self.hosts.iter().any(|of| match of.strip_prefix("*.") {
            Some(of) => Some(of) == above,
            None => of == host,
        })
    }
}

pub(super) fn bad_certificate() -> StartProblem {
    StartProblem {
        code: "SA204",
        text: "the certificate is not one to serve with".into(),
        help: "give a chain of X.509 certificates in PEM, the server's own first",
    }
}

fn bad_key() -> StartProblem {
    StartProblem {
        code: "SA205",
        text: "the private key is not one to serve with".into(),
        help: "give the certificate's private key in PEM, unencrypted: PKCS #8, PKCS #1 or SEC 1",
    }
}

fn bad_pair() -> StartProblem {
    StartProblem {
        code: "SA206",
        text: "the private key is not that of the certificate".into(),
        help: "give the key that the certificate was made for; in the chain, the server's own \
               certificate comes first",
    }
}

fn ended() -> StartProblem {
    StartProblem {
        code: "SA214",
        text: "the certificate has ended, or has not begun".into(),
        help: "give one that is good now; if it should be, look at the clock of this machine",
    }
}
