//! The certificate of a server, and which TLS it speaks with it.

mod clients;

use std::{fmt, fs, path::Path, sync::Arc};

use rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    version::{TLS12, TLS13},
};
use tokio::net::TcpStream;
use tokio_rustls::{Accept, TlsAcceptor};

use self::clients::Clients;
use crate::{error::StartProblem, secret::NamesOrigin};

/// A certificate chain with its private key, ready to serve TLS 1.3 and TLS 1.2 with forward secrecy and
/// authenticated encryption only. Clients are offered HTTP/2 and HTTP/1.1.
///
/// ```
/// use secure_api::{Tls, secret::SecretBytes};
/// let problem = Tls::pem(b"not a certificate", SecretBytes::random()).unwrap_err();
/// assert_eq!(problem.code, "SA204");
/// ```
#[derive(Clone)]
pub struct Tls {
    config: Arc<ServerConfig>,
    clients: Option<Clients>,
}

impl Tls {
    /// Reads a certificate chain, the server's own certificate first, and its private key from PEM files.
    ///
    /// # Errors
    ///
    /// As [`pem`](Self::pem), and SA204 or SA205 if a file cannot be read.
    pub fn pem_files(
        certificate_chain: impl AsRef<Path>,
        private_key: impl AsRef<Path>,
    ) -> Result<Self, StartProblem> {
        let read = |path: &Path, code, what| {
            fs::read(path).map_err(|error| StartProblem {
                code,
                text: format!(
                    "the {what} file {} cannot be read: {}",
                    path.display(),
                    error.kind()
                ),
                help: "name a PEM file that the server's user may read",
            })
        };
        let chain = read(certificate_chain.as_ref(), "SA204", "certificate")?;
        let key = read(private_key.as_ref(), "SA205", "private key")?;
        Self::of(&chain, &key)
    }

    /// Reads a certificate chain, the server's own certificate first, and its private key (PKCS #8, PKCS #1
    /// or SEC 1) from PEM. The key says where it comes from, so that none stands in the source (SA176).
    ///
    /// # Errors
    ///
    /// SA204 if there is no usable certificate, SA205 if there is no usable key, SA206 if the key is not the
    /// certificate's, SA177 if the place of the key cannot be read. None of them repeats anything of what was read.
    pub fn pem(
        certificate_chain: &[u8],
        private_key: impl NamesOrigin,
    ) -> Result<Self, StartProblem> {
        let key = private_key.secret();
        match key.unread() {
            Some(fault) => Err(StartProblem::of(fault)),
            None => Self::of(certificate_chain, key.expose()),
        }
    }

    fn of(certificate_chain: &[u8], private_key: &[u8]) -> Result<Self, StartProblem> {
        let chain = CertificateDer::pem_slice_iter(certificate_chain)
            .collect::<Result<Vec<_>, _>>()
            .ok()
            .filter(|chain| !chain.is_empty())
            .ok_or_else(bad_certificate)?;
        let key = PrivateKeyDer::from_pem_slice(private_key).map_err(|_| bad_key())?;

        let provider = Arc::new(aws_lc_rs::default_provider());
        // Told apart here, since building the configuration reports both in the same way.
        if provider.key_provider.load_private_key(key.clone_key()).is_err() {
            return Err(bad_key());
        }
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&TLS13, &TLS12])
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
            .map_err(|error| match error {
                rustls::Error::InconsistentKeys(_) => StartProblem {
                    code: "SA206",
                    text: "the private key is not that of the certificate".into(),
                    help: "give the key that the certificate was made for; in the chain, the server's own \
                           certificate comes first",
                },
                _ => bad_certificate(),
            })?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self { config: Arc::new(config), clients: None })
    }

    /// Returns `true` if clients are asked for certificates.
    pub(crate) fn asks_clients(&self) -> bool {
        self.clients.is_some()
    }

    pub(super) fn accept(&self, stream: TcpStream) -> Accept<TcpStream> {
        TlsAcceptor::from(Arc::clone(&self.config)).accept(stream)
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tls")
    }
}

fn bad_certificate() -> StartProblem {
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
