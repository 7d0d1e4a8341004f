//! TLS-ALPN-01 (RFC 8737): the handshakes by which an authority sees that a host is this server's, told apart from those of clients.

use std::{
    collections::HashMap,
    fmt, io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rcgen::{CertificateParams, CustomExtension, KeyPair};
use rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    pki_types::PrivatePkcs8KeyDer,
    server::{Acceptor, ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
    version::{TLS12, TLS13},
};
use tokio::{io::AsyncWriteExt, net::TcpStream};
use tokio_rustls::{LazyConfigAcceptor, server::TlsStream};

/// The protocol that only an authority asks for.
const PROTOCOL: &[u8] = b"acme-tls/1";

/// The answers to the challenges of orders that are under way, each by its host.
#[derive(Clone, Default)]
pub(in crate::serve::tls) struct Challenges(Arc<Mutex<HashMap<String, Arc<CertifiedKey>>>>);

/// An answer that is given while this is kept.
pub(super) struct Answering<'a> {
    challenges: &'a Challenges,
    host: String,
}

impl Challenges {
    /// Answers for this host with the digest of a key authorization.
    pub(super) fn answer(&self, host: &str, digest: &[u8; 32]) -> Result<Answering<'_>, String> {
        let certified = certified(host, digest)?;
        self.all().insert(host.to_owned(), Arc::new(certified));
        Ok(Answering { challenges: self, host: host.to_owned() })
    }

    /// Does the handshake of a connection; none is left of one that asked for the answer to a challenge.
    ///
    /// Such a handshake has a configuration of its own, and no client reaches it: nothing but the answer is shown in it, it asks for no
    /// certificate of a client, and no request is read after it.
    pub(in crate::serve::tls) async fn accept(
        &self,
        stream: TcpStream,
        of_clients: &Arc<ServerConfig>,
    ) -> io::Result<Option<TlsStream<TcpStream>>> {
        let start = LazyConfigAcceptor::new(Acceptor::default(), stream).await?;
        if !asks_for_challenge(&start.client_hello()) {
            return start.into_stream(Arc::clone(of_clients)).await.map(Some);
        }
        let mut answered = start.into_stream(self.config()?).await?;
        answered.shutdown().await?;
        Ok(None)
    }

    fn config(&self) -> io::Result<Arc<ServerConfig>> {
        let builder = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
        let builder =
            builder.with_protocol_versions(&[&TLS13, &TLS12]).map_err(io::Error::other)?;
        let mut config = builder.with_no_client_auth().with_cert_resolver(Arc::new(self.clone()));
        config.alpn_protocols = vec![PROTOCOL.to_vec()];
        Ok(Arc::new(config))
    }

    pub(super) fn all(&self) -> MutexGuard<'_, HashMap<String, Arc<CertifiedKey>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns `true` if nothing but the answer to a challenge is asked for, as section 3 has it.
fn asks_for_challenge(hello: &ClientHello<'_>) -> bool {
    hello.alpn().is_some_and(|protocols| protocols.eq([PROTOCOL]))
}

/// Returns the certificate that answers: for the host alone, with the digest, signed by its own key.
fn certified(host: &str, digest: &[u8; 32]) -> Result<CertifiedKey, String> {
    let made = || {
        let mut params = CertificateParams::new([host.to_owned()])?;
        params.custom_extensions = vec![CustomExtension::new_acme_identifier(digest)];
        let key = KeyPair::generate()?;
        Ok::<_, rcgen::Error>((params.self_signed(&key)?, key))
    };
    let (certificate, key) = made().map_err(|error| error.to_string())?;
    let provider = aws_lc_rs::default_provider();
    let key = PrivatePkcs8KeyDer::from(key.serialize_der()).into();
    let key = provider.key_provider.load_private_key(key).map_err(|error| error.to_string())?;
    Ok(CertifiedKey::new(vec![certificate.der().clone()], key))
}

impl ResolvesServerCert for Challenges {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let host = hello.server_name()?.to_ascii_lowercase();
        self.all().get(&host).cloned()
    }
}

impl Drop for Answering<'_> {
    fn drop(&mut self) {
        self.challenges.all().remove(&self.host);
    }
}

// Keys are for no log.
impl fmt::Debug for Challenges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Challenges")
    }
}
