//! One connection: handshake, protocol, requests, end.

use std::{
    convert::Infallible,
    io,
    net::SocketAddr,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use http::Request;
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    sync::watch,
    time::{Instant, sleep, timeout},
};

#[cfg(feature = "tls")]
use super::tls::{Tls, Watching};
use crate::{identity::ClientCertificate, proxies::Proxies};

use super::{
    ServerSettings,
    places::Place,
    preamble,
    pulse::Pulse,
    respond::Respond,
    shutdown::{Cut, told},
    unreadable::Unreadable,
};

/// The connection that a request came over. In the extensions of every request that a [`Server`](super::Server) hands to a
/// router or to an extractor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connection {
    /// The address of the client, or of what stands between.
    pub peer: SocketAddr,
    /// The transport.
    pub transport: Transport,
    /// The address of the proxy that told of the peer by the PROXY protocol; the same as the peer's where it told of nobody.
    pub proxy: Option<SocketAddr>,
}

/// The transport of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// Plaintext, which only happens on loopback, and from trusted proxies.
    Plain,
    /// TLS 1.2 or 1.3.
    Tls,
}

/// The time that a connection gets to close after it was asked to.
const GOODBYE: Duration = Duration::from_secs(1);

/// The time that a connection without a request has for one when the server stops. Its client may have sent it by then, and would
/// have no answer; it has one that says `Connection: close`.
const LAST_CALL: Duration = Duration::from_secs(1);

/// The state that all connections of a server share.
pub(super) struct ConnectionService {
    responds: Arc<dyn Respond>,
    settings: ServerSettings,
    proxies: Proxies,
    /// Told once of a proxy that does not speak the PROXY protocol.
    mute: AtomicBool,
    /// The requests whose connection ended before their answer did.
    pub(super) cut: AtomicU64,
    /// Finds out the protocol from the first bytes.
    any: Builder<TokioExecutor>,
    #[cfg(feature = "tls")]
    tls: Option<Encrypted>,
}

/// The configuration of encrypted connections: the protocol is the one that the handshake agreed on, and no other.
#[cfg(feature = "tls")]
struct Encrypted {
    tls: Tls,
    http1: Builder<TokioExecutor>,
    http2: Builder<TokioExecutor>,
}

impl ConnectionService {
    pub(super) fn new(
        responds: Arc<dyn Respond>,
        settings: &ServerSettings,
        proxies: Proxies,
        #[cfg(feature = "tls")] tls: Option<Tls>,
    ) -> Self {
        let any = protocols(settings);
        Self {
            responds,
            settings: settings.clone(),
            proxies,
            mute: AtomicBool::new(false),
            cut: AtomicU64::new(0),
            #[cfg(feature = "tls")]
            tls: tls.map(|tls| Encrypted {
                tls,
                http1: any.clone().http1_only(),
                http2: any.clone().http2_only(),
            }),
            any,
        }
    }

    /// Looks at the certificates while it is kept.
    #[cfg(feature = "tls")]
    pub(super) fn watch(&self, interval: Duration) -> Option<Watching> {
        self.tls.as_ref().map(|Encrypted { tls, .. }| tls.watch(interval))
    }

    /// Ends the answers that would not end by themselves.
    pub(super) fn stops(&self) {
        self.responds.stops();
    }

    /// Tells of a proxy that does not speak the PROXY protocol. Of the first that said something else it is told aloud: nothing
    /// that it passes on arrives. One that hangs up looked if the port is open.
    fn tell_of_mute(&self, peer: SocketAddr, error: &io::Error) {
        let looked = error.kind() == io::ErrorKind::UnexpectedEof;
        if looked || self.mute.swap(true, Ordering::Relaxed) {
            tracing::debug!(%peer, %error, "a trusted proxy does not speak the PROXY protocol");
        } else {
            tracing::warn!(%peer, %error, "a trusted proxy does not speak the PROXY protocol");
        }
    }

    /// Serves a connection until it ends, `stop` turns true, or nothing happens on it any more.
    pub(super) async fn serve(
        &self,
        mut stream: TcpStream,
        peer: SocketAddr,
        place: &mut Place,
        stop: watch::Receiver<bool>,
    ) {
        // Answers are written whole, so there is nothing to gain from waiting for more. If it does not
        // work, they are slower.
        let _ = stream.set_nodelay(true);
        let mut connection = Connection { peer, transport: Transport::Plain, proxy: None };
        if self.settings.proxy_protocol && self.proxies.trust(Some(peer.ip())) {
            let mut stopped = stop.clone();
            let header = timeout(self.settings.header_timeout, preamble::read(&mut stream));
            let header = tokio::select! {
                header = header => header,
                () = self.over(&mut stopped) => return,
            };
            connection.proxy = Some(peer);
            match header {
                Ok(Ok(Some(client))) => connection.peer = client,
                Ok(Ok(None)) => {}
                Ok(Err(error)) => return self.tell_of_mute(peer, &error),
                Err(_) => return tracing::debug!(%peer, "the PROXY protocol took too long"),
            }
            let client = connection.peer.ip();
            if !self.proxies.trust(Some(client)) && !place.pass_on(client) {
                return tracing::debug!(peer = %connection.peer, "a client has more connections than are left for others");
            }
        }
        #[cfg(feature = "tls")]
        if let Some(Encrypted { tls, http1, http2 }) = &self.tls {
            let mut stopped = stop.clone();
            let handshake = timeout(self.settings.handshake_timeout, tls.accept(stream));
            let handshake = tokio::select! {
                handshake = handshake => handshake,
                () = self.over(&mut stopped) => return,
            };
            return match handshake {
                Ok(Ok(Some(stream))) => {
                    let http2_agreed = stream.get_ref().1.alpn_protocol() == Some(b"h2");
                    let builder = if http2_agreed { http2 } else { http1 };
                    let Ok(certificate) = certificate(stream.get_ref().1.peer_certificates())
                    else {
                        return tracing::debug!(%peer, "the client's certificate is not readable");
                    };
                    connection.transport = Transport::Tls;
                    self.drive(builder, stream, (connection, certificate), stop).await;
                }
                Ok(Ok(None)) => tracing::debug!(%peer, "a challenge of ACME was answered"),
                Ok(Err(error)) => tracing::debug!(%peer, %error, "TLS handshake failed"),
                Err(_) => tracing::debug!(%peer, "TLS handshake took too long"),
            };
        }
        self.drive(&self.any, stream, (connection, None), stop).await;
    }

    fn last_call(&self) -> Duration {
        LAST_CALL.min(self.settings.shutdown_deadline / 4)
    }

    /// Completes when the server stops, and what has not begun by then is not waited for.
    async fn over(&self, stop: &mut watch::Receiver<bool>) {
        told(stop).await;
        sleep(self.last_call()).await;
    }

    async fn drive(
        &self,
        builder: &Builder<TokioExecutor>,
        stream: impl AsyncRead + AsyncWrite + Unpin + 'static,
        (over, certificate): (Connection, Option<ClientCertificate>),
        mut stop: watch::Receiver<bool>,
    ) {
        let pulse = Arc::new(Pulse::default());
        let service = service_fn(|mut request: Request<Incoming>| {
            let handling = pulse.handle(request.version());
            if let Some(certificate) = &certificate {
                request.extensions_mut().insert(certificate.clone());
            }
            let response = self.responds.respond(request, over);
            async move { Ok::<_, Infallible>(handling.answer(response.await)) }
        });
        let io = TokioIo::new(Unreadable::new(stream, &pulse, Arc::clone(&self.responds), over));
        let mut connection = pin!(builder.serve_connection(io, service));
        // It is dropped before the connection, which has the requests.
        let _cut = Cut::new(&pulse, &self.cut);
        let mut silence =
            pin!(pulse.stops(self.settings.header_timeout, self.settings.idle_timeout));
        let (mut stopping, mut closing) = (false, false);
        let mut last_call = pin!(sleep(self.last_call()));
        let ended = loop {
            tokio::select! {
                // The other two are looked at whenever the connection waits, so no draw has to be fair to them.
                biased;
                ended = connection.as_mut() => break ended,
                () = told(&mut stop), if !stopping => {
                    stopping = true;
                    // HTTP/2 says which requests it has seen (`GOAWAY`), so none is lost.
                    closing = !pulse.close();
                    if closing {
                        last_call.as_mut().reset(Instant::now() + self.last_call());
                    } else {
                        connection.as_mut().graceful_shutdown();
                    }
                }
                () = last_call.as_mut(), if closing => {
                    closing = false;
                    connection.as_mut().graceful_shutdown();
                }
                () = silence.as_mut() => {
                    // HTTP/2 says goodbye; whoever does not answer is left.
                    connection.as_mut().graceful_shutdown();
                    match timeout(GOODBYE, connection.as_mut()).await {
                        Ok(ended) => break ended,
                        Err(_) => return,
                    }
                }
            }
        };
        if let Err(error) = ended {
            tracing::debug!(peer = %over.peer, %error, "connection ended early");
        }
    }
}

/// Returns the certificate that the client proved to have in the handshake, of a chain that was verified there.
///
/// # Errors
///
/// One that is not readable: as if it were none, its caller could be somebody else.
#[cfg(feature = "tls")]
fn certificate(
    chain: Option<&[rustls::pki_types::CertificateDer<'_>]>,
) -> Result<Option<ClientCertificate>, ()> {
    let Some(own) = chain.and_then(<[_]>::first) else { return Ok(None) };
    ClientCertificate::read(own).map(Some).ok_or(())
}

/// Returns the builder of HTTP/1.1 and HTTP/2 within the server's bounds.
fn protocols(settings: &ServerSettings) -> Builder<TokioExecutor> {
    /// The smallest buffer that hyper reads HTTP/1.1 with; it panics below.
    const LEAST_BUFFER: usize = 8192;

    let mut builder = Builder::new(TokioExecutor::new());
    let header_bytes = settings.max_header_bytes;
    builder
        .http1()
        // An answer of an API is small, and one piece is sent faster than two. Larger content is copied once more.
        .writev(false)
        // The pulse keeps it, without a timer for each request.
        .header_read_timeout(None)
        .max_buf_size(usize::try_from(header_bytes).unwrap_or(usize::MAX).max(LEAST_BUFFER));
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(settings.max_concurrent_streams)
        .max_header_list_size(header_bytes);
    builder
}
