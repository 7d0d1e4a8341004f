//! The certificates of a server, and which TLS it speaks with them.

#[cfg(feature = "acme")]
mod acme;
mod clients;
#[cfg(feature = "development-certificates")]
mod development;
mod files;
mod pair;
mod pairs;
#[cfg(any(feature = "acme", feature = "development-certificates"))]
mod private;
mod watch;

use std::{fmt, io, path::Path, sync::Arc, time::Duration};

use rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    version::{TLS12, TLS13},
};
use tokio::net::TcpStream;
use tokio_rustls::{TlsAcceptor, server::TlsStream};

#[cfg(feature = "acme")]
pub use self::acme::Acme;
#[cfg(feature = "development-certificates")]
pub(super) use self::development::misplaced;
pub(super) use self::watch::Watching;
use self::{
    clients::Clients,
    pair::{Pair, bad_certificate},
    pairs::{Pairs, now},
};
use crate::{error::StartProblem, metrics::CertificateCounts, secret::NamesOrigin};

/// A certificate chain with its private key, or several, ready to serve TLS 1.3 and TLS 1.2 with forward secrecy and
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
    pairs: Pairs,
    clients: Option<Clients>,
}

impl Tls {
    /// Reads a certificate chain, the server's own certificate first, and its private key from PEM files.
    ///
    /// A server looks at both now and then, [`ServerSettings::certificate_interval`](crate::serve::ServerSettings), and on SIGHUP:
    /// what they have by then is served to whoever connects next, and no connection ends by it. What cannot be used is told in the
    /// log, and the pair from before is served.
    ///
    /// # Errors
    ///
    /// As [`pem`](Self::pem), and SA204 or SA205 if a file cannot be read.
    pub fn pem_files(
        certificate_chain: impl AsRef<Path>,
        private_key: impl AsRef<Path>,
    ) -> Result<Self, StartProblem> {
        Self::of(Pairs::files(certificate_chain.as_ref(), private_key.as_ref())?)
    }

    /// Reads a certificate chain, the server's own certificate first, and its private key (PKCS #8, PKCS #1
    /// or SEC 1) from PEM. The key says where it comes from, so that none stands in the source (SA176).
    ///
    /// # Errors
    ///
    /// SA204 if there is no usable certificate, SA205 if there is no usable key, SA206 if the key is not the
    /// certificate's, SA214 if the certificate has ended or has not begun, SA177 if the place of the key cannot be read. None of
    /// them repeats anything of what was read.
    pub fn pem(
        certificate_chain: &[u8],
        private_key: impl NamesOrigin,
    ) -> Result<Self, StartProblem> {
        Self::of(of_memory(certificate_chain, private_key)?)
    }

    /// Adds a pair for other hosts, from files as [`pem_files`](Self::pem_files) reads them.
    ///
    /// A client that names a host in its handshake (SNI) is shown the first pair whose certificate is for that host; one that names
    /// none, or a host that no certificate is for, the pair that was given first.
    ///
    /// ```
    /// use secure_api::{Tls, app::AppBuilder};
    ///
    /// fn with_certificates(app: AppBuilder) -> AppBuilder {
    ///     let shop = Tls::pem_files("shop.pem", "shop-key.pem");
    ///     app.tls(shop.and_then(|shop| shop.and_pem_files("partners.pem", "partners-key.pem")))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`pem_files`](Self::pem_files), and SA215 if the certificate is for no host, so nobody would ever be shown it.
    pub fn and_pem_files(
        self,
        certificate_chain: impl AsRef<Path>,
        private_key: impl AsRef<Path>,
    ) -> Result<Self, StartProblem> {
        self.and(Pairs::files(certificate_chain.as_ref(), private_key.as_ref())?)
    }

    /// Adds a pair for other hosts, as [`pem`](Self::pem) reads it.
    ///
    /// # Errors
    ///
    /// As [`pem`](Self::pem), and SA215 if the certificate is for no host.
    pub fn and_pem(
        self,
        certificate_chain: &[u8],
        private_key: impl NamesOrigin,
    ) -> Result<Self, StartProblem> {
        self.and(of_memory(certificate_chain, private_key)?)
    }

    fn of(pairs: Pairs) -> Result<Self, StartProblem> {
        let pairs = pairs.good_at(now())?;
        let mut config =
            ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
                .with_protocol_versions(&[&TLS13, &TLS12])
                .map_err(|_| bad_certificate())?
                .with_no_client_auth()
                .with_cert_resolver(Arc::new(pairs.clone()));
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self { config: Arc::new(config), pairs, clients: None })
    }

    fn and(self, others: Pairs) -> Result<Self, StartProblem> {
        let others = others.good_at(now())?;
        if !others.name_hosts() {
            return Err(StartProblem {
                code: "SA215",
                text: "a further certificate is for no host".into(),
                help: "give one with a host among its alternative names (`DNS:shop.example`): clients are shown it by that",
            });
        }
        let pairs = self.pairs.and(others);
        let mut config = (*self.config).clone();
        config.cert_resolver = Arc::new(pairs.clone());
        Ok(Self { config: Arc::new(config), pairs, ..self })
    }

    /// Returns `true` if clients are asked for certificates.
    pub(crate) fn asks_clients(&self) -> bool {
        self.clients.is_some()
    }

    /// Returns the counts of its certificates.
    pub(crate) fn counts(&self) -> Arc<CertificateCounts> {
        Arc::clone(&self.pairs.counts)
    }

    /// Returns `true` if one of its certificates is for development alone.
    #[cfg(feature = "development-certificates")]
    pub(super) fn is_for_development(&self) -> bool {
        self.pairs.developments().next().is_some()
    }

    /// Does the handshake of a connection. None is left of one by which an authority only looked whose host this is.
    pub(super) async fn accept(
        &self,
        stream: TcpStream,
    ) -> io::Result<Option<TlsStream<TcpStream>>> {
        #[cfg(feature = "acme")]
        if self.pairs.ordered().next().is_some() {
            return self.pairs.challenges.accept(stream, &self.config).await;
        }
        TlsAcceptor::from(Arc::clone(&self.config)).accept(stream).await.map(Some)
    }

    /// Renews what it orders, and looks at the files of its certificates in this interval, until what is returned is dropped.
    pub(super) fn watch(&self, interval: Duration) -> Watching {
        Watching::begin(self.pairs.clone(), interval)
    }
}

fn of_memory(chain: &[u8], key: impl NamesOrigin) -> Result<Pairs, StartProblem> {
    let key = key.secret();
    match key.unread() {
        Some(fault) => Err(StartProblem::of(fault)),
        None => Pair::of(chain, key.expose()).map(Pairs::of),
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tls")
    }
}
