//! The server against real sockets: what it negotiates, what it waits for, how it stops.

use std::{
    future::Future,
    net::SocketAddr,
    time::{Duration, Instant},
};

use axum::{Extension, Router, routing::get};
use secure_api_runtime::serve::{Connection, Server, ServerSettings};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    task::JoinHandle,
    time::{sleep, timeout},
};

/// A running server, told to stop when dropped or asked.
struct Running {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    done: JoinHandle<()>,
}

impl Running {
    async fn start(server: Server) -> Self {
        let server = server.bind().await.expect("a free port on loopback");
        let address = server.local_addr();
        let (stop, stopped) = oneshot::channel();
        let done = tokio::spawn(server.run(async {
            let _ = stopped.await;
        }));
        Self { address, stop: Some(stop), done }
    }

    async fn plain(settings: ServerSettings) -> Self {
        Self::start(Server::new(router(), "127.0.0.1:0").settings(settings)).await
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    fn stop(&mut self) {
        let _ = self.stop.take().map(|stop| stop.send(()));
    }
}

fn router() -> Router {
    Router::new()
        .route("/", get(|| async { "hello" }))
        .route(
            "/slow",
            get(|| async {
                sleep(Duration::from_millis(400)).await;
                "done"
            }),
        )
        .route(
            "/slower",
            get(|| async {
                // Longer than an idle connection is given to say goodbye, too.
                sleep(Duration::from_millis(1600)).await;
                "done"
            }),
        )
        .route(
            "/stream",
            get(|| async {
                let parts = futures_util::stream::unfold(0, |part| async move {
                    if part > 0 {
                        // Longer than a header section may take.
                        sleep(Duration::from_millis(900)).await;
                    }
                    (part < 3).then(|| (Ok::<_, std::io::Error>(format!("part {part} ")), part + 1))
                });
                axum::body::Body::from_stream(parts)
            }),
        )
        .route("/never", get(std::future::pending::<&str>))
        .route("/large", get(|| async { vec![b'x'; 64 * 1024 * 1024] }))
        .route(
            "/who",
            get(|Extension(Connection { peer, transport }): Extension<Connection>| async move {
                format!("{} {transport:?}", peer.ip())
            }),
        )
}

fn short() -> ServerSettings {
    ServerSettings {
        handshake_timeout: Duration::from_millis(300),
        header_timeout: Duration::from_millis(300),
        idle_timeout: Duration::from_millis(400),
        shutdown_deadline: Duration::from_secs(5),
        ..ServerSettings::default()
    }
}

/// Everything until the server closes, which it must within five seconds.
async fn rest(stream: &mut (impl AsyncReadExt + Unpin)) -> String {
    let mut bytes = Vec::new();
    let read = timeout(Duration::from_secs(5), stream.read_to_end(&mut bytes)).await;
    // A reset is an end as well.
    let _ = read.expect("the server closes the connection");
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn get_closing(
    stream: &mut (impl AsyncReadExt + AsyncWriteExt + Unpin),
    path: &str,
) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("the request is sent");
    rest(stream).await
}

async fn elapsed<T>(work: impl Future<Output = T>) -> (Duration, T) {
    let start = Instant::now();
    let value = work.await;
    (start.elapsed(), value)
}

async fn start_code(server: Server) -> &'static str {
    server.bind().await.expect_err("it does not start").problems()[0].code
}

// R45: plaintext is for loopback only.
#[tokio::test]
async fn plaintext_off_loopback_is_refused() {
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:8080", "[::ffff:0.0.0.0]:0", "10.0.0.1:80"] {
        assert_eq!(start_code(Server::new(router(), address)).await, "SA201", "{address}");
    }
}

#[tokio::test]
async fn plaintext_on_loopback_serves() {
    for address in ["127.0.0.1:0", "127.3.2.1:0"] {
        let running = Running::start(Server::new(router(), address)).await;
        let answer = get_closing(&mut running.connect().await, "/").await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("hello"), "{answer}");
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_refused() {
    for address in ["", "localhost", "127.0.0.1", "8080", "127.0.0.1:99999", "example.com:443"] {
        assert_eq!(start_code(Server::new(router(), address)).await, "SA202", "{address}");
    }
}

#[tokio::test]
async fn a_port_in_use_is_refused() {
    let running = Running::plain(short()).await;
    assert_eq!(start_code(Server::new(router(), running.address)).await, "SA203");
}

#[tokio::test]
async fn what_shows_before_binding_is_told_without_binding() {
    assert_eq!(Server::new(router(), "0.0.0.0:0").problems()[0].code, "SA201");
    assert!(Server::new(router(), "127.0.0.1:0").problems().is_empty());
}

#[tokio::test]
async fn requests_know_their_peer_and_transport() {
    let running = Running::plain(short()).await;
    let answer = get_closing(&mut running.connect().await, "/who").await;
    assert!(answer.ends_with("127.0.0.1 Plain"), "{answer}");
}

// R49: of the first request on a connection and of a later one.
#[tokio::test]
async fn slow_headers_are_not_waited_for() {
    let running = Running::plain(short()).await;
    for earlier in ["", "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"] {
        let (mut reads, mut writes) = running.connect().await.into_split();
        writes.write_all(earlier.as_bytes()).await.expect("sent");
        let trickle = tokio::spawn(async move {
            let mut next = &b"GET / HTTP/1.1\r\nhost: localhost\r\n"[..];
            while writes.write_all(next).await.is_ok() {
                sleep(Duration::from_millis(50)).await;
                next = b"x-more: 1\r\n";
            }
        });
        let (took, answer) = elapsed(rest(&mut reads)).await;
        assert!(took < Duration::from_secs(2), "{took:?}");
        assert_eq!(answer.matches("200 OK").count(), usize::from(!earlier.is_empty()), "{answer}");
        trickle.abort();
    }
}

// R49
#[tokio::test]
async fn a_client_that_says_nothing_is_not_waited_for() {
    // By the time for headers, not the much longer one for idling.
    let running =
        Running::plain(ServerSettings { idle_timeout: Duration::from_secs(60), ..short() }).await;
    // Nothing at all, a part of what starts HTTP/2, all of what starts it and no request.
    for start in
        [&b""[..], b"PRI * HTTP/2.0\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0"]
    {
        let mut stream = running.connect().await;
        stream.write_all(start).await.expect("sent");
        let (took, _) = elapsed(rest(&mut stream)).await;
        assert!(took >= Duration::from_millis(250), "{took:?} is too early");
        assert!(took < Duration::from_secs(3), "{took:?} after {start:?}");
    }
}

// R49
#[tokio::test]
async fn an_idle_connection_is_closed() {
    let running = Running::plain(short()).await;
    let mut stream = running.connect().await;
    stream.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
    let (took, answer) = elapsed(rest(&mut stream)).await;
    assert!(answer.ends_with("hello"), "{answer}");
    assert!(took < Duration::from_secs(2), "{took:?}");
}

// R49
#[tokio::test]
async fn a_response_nobody_reads_does_not_hold_its_connection() {
    let settings = ServerSettings { max_connections: 1, ..short() };
    let running = Running::plain(settings).await;
    let mut stalled = running.connect().await;
    stalled.write_all(b"GET /large HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
    // The only place is free again, although the client neither reads nor closes.
    let mut next = running.connect().await;
    let (took, answer) = elapsed(get_closing(&mut next, "/")).await;
    assert!(answer.ends_with("hello"), "{answer}");
    assert!(took >= Duration::from_millis(250), "{took:?}: the response was not stalled");
    drop(stalled);
}

// R49
#[tokio::test]
async fn a_handler_may_take_longer_than_a_connection_may_idle() {
    let short = Duration::from_millis(40);
    let settings =
        ServerSettings { header_timeout: short, idle_timeout: short, ..ServerSettings::default() };
    let running = Running::plain(settings).await;
    let answer = get_closing(&mut running.connect().await, "/slower").await;
    assert!(answer.ends_with("done"), "{answer}");
}

// R49
#[tokio::test]
async fn a_response_may_be_silent_for_as_long_as_a_connection_may_idle() {
    let settings = ServerSettings { idle_timeout: Duration::from_secs(5), ..short() };
    let running = Running::plain(settings).await;
    let answer = get_closing(&mut running.connect().await, "/stream").await;
    assert!(answer.contains("part 0") && answer.contains("part 2"), "{answer}");
}

// R49
#[tokio::test]
async fn headers_beyond_the_bound_are_answered_by_431() {
    let running = Running::plain(ServerSettings::default()).await;
    let mut stream = running.connect().await;
    let request =
        format!("GET / HTTP/1.1\r\nhost: localhost\r\nx: {}\r\n\r\n", "y".repeat(40 * 1024));
    // The server may close before it has read all of it.
    let _ = stream.write_all(request.as_bytes()).await;
    let mut status = [0; 12];
    stream.read_exact(&mut status).await.expect("a status line");
    assert_eq!(&status, b"HTTP/1.1 431");

    let mut stream = running.connect().await;
    let request = format!(
        "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nx: {}\r\n\r\n",
        "y".repeat(30 * 1024)
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    assert!(rest(&mut stream).await.starts_with("HTTP/1.1 200"), "what is within the bound passes");
}

// R49
#[tokio::test]
async fn connections_beyond_the_bound_wait() {
    let running = Running::plain(ServerSettings { max_connections: 2, ..short() }).await;
    let mut held = Vec::new();
    for _ in 0..2 {
        let mut stream = running.connect().await;
        stream.write_all(b"GET /never HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
        held.push(stream);
    }
    sleep(Duration::from_millis(100)).await;
    let mut third = running.connect().await;
    third.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
    let mut byte = [0];
    assert!(timeout(Duration::from_millis(300), third.read(&mut byte)).await.is_err(), "it waits");
    held.pop();
    let answered = timeout(Duration::from_secs(2), third.read(&mut byte)).await;
    assert!(matches!(answered, Ok(Ok(1))), "it is served when a place is free");
}

#[tokio::test]
async fn shutdown_lets_a_request_finish_and_takes_no_new_ones() {
    let mut running = Running::plain(short()).await;
    let mut stream = running.connect().await;
    stream.write_all(b"GET /slow HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
    sleep(Duration::from_millis(100)).await;
    running.stop();
    sleep(Duration::from_millis(50)).await;
    assert!(TcpStream::connect(running.address).await.is_err(), "nothing listens");
    let answer = rest(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("done"), "{answer}");
    timeout(Duration::from_secs(1), running.done).await.expect("it ends").expect("without a panic");
}

#[tokio::test]
async fn shutdown_does_not_wait_beyond_its_deadline() {
    let settings = ServerSettings { shutdown_deadline: Duration::from_millis(200), ..short() };
    let mut running = Running::plain(settings).await;
    let mut stream = running.connect().await;
    stream.write_all(b"GET /never HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
    sleep(Duration::from_millis(100)).await;
    running.stop();
    let (took, ended) = elapsed(timeout(Duration::from_secs(3), running.done)).await;
    ended.expect("it ends").expect("without a panic");
    assert!(took >= Duration::from_millis(150), "{took:?}: the request was not given its time");
    assert_eq!(rest(&mut stream).await, "");
}

#[tokio::test]
async fn shutdown_does_not_wait_for_idle_connections() {
    let mut running = Running::plain(ServerSettings::default()).await;
    let _silent = running.connect().await;
    let mut stream = running.connect().await;
    stream.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
    sleep(Duration::from_millis(200)).await;
    running.stop();
    timeout(Duration::from_secs(2), running.done).await.expect("it ends").expect("without a panic");
}

#[tokio::test]
async fn a_handler_that_panics_ends_its_connection_only() {
    async fn panics() -> &'static str {
        panic!("as a handler may")
    }
    let router = router().route("/panic", get(panics));
    let running = Running::start(Server::new(router, "127.0.0.1:0")).await;
    assert_eq!(get_closing(&mut running.connect().await, "/panic").await, "");
    assert!(get_closing(&mut running.connect().await, "/").await.ends_with("hello"));
}

#[cfg(feature = "tls")]
mod tls {
    use std::sync::Arc;

    use hyper_util::rt::{TokioExecutor, TokioIo};
    use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
    use rustls::{
        ClientConfig, ProtocolVersion, RootCertStore, SupportedProtocolVersion,
        crypto::aws_lc_rs,
        pki_types::ServerName,
        version::{TLS12, TLS13},
    };
    use secure_api_runtime::serve::Tls;
    use tokio_rustls::{TlsConnector, client::TlsStream};

    use super::*;

    struct Secure {
        running: Running,
        roots: RootCertStore,
    }

    impl Secure {
        async fn start(settings: ServerSettings) -> Self {
            let CertifiedKey { cert, signing_key } = certificate();
            let tls = Tls::pem(cert.pem().as_bytes(), signing_key.serialize_pem().as_bytes())
                .expect("a certificate and its key");
            let mut roots = RootCertStore::empty();
            roots.add(cert.der().clone()).expect("a certificate");
            let server = Server::new(router(), "127.0.0.1:0").tls(tls).settings(settings);
            Self { running: Running::start(server).await, roots }
        }

        async fn connect(
            &self,
            versions: &[&'static SupportedProtocolVersion],
            alpn: &[&[u8]],
        ) -> TlsStream<TcpStream> {
            let provider = Arc::new(aws_lc_rs::default_provider());
            let mut config = ClientConfig::builder_with_provider(provider)
                .with_protocol_versions(versions)
                .expect("versions")
                .with_root_certificates(self.roots.clone())
                .with_no_client_auth();
            config.alpn_protocols = alpn.iter().map(|name| name.to_vec()).collect();
            TlsConnector::from(Arc::new(config))
                .connect(
                    ServerName::try_from("localhost").expect("a name"),
                    self.running.connect().await,
                )
                .await
                .expect("a handshake")
        }
    }

    fn certificate() -> CertifiedKey<KeyPair> {
        generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate")
    }

    // R44
    #[tokio::test]
    async fn tls_1_3_is_preferred_and_1_2_still_served_with_forward_secrecy() {
        let secure = Secure::start(short()).await;
        for (versions, expected) in [
            (&[&TLS12, &TLS13][..], ProtocolVersion::TLSv1_3),
            (&[&TLS12][..], ProtocolVersion::TLSv1_2),
        ] {
            let mut stream = secure.connect(versions, &[]).await;
            let (_, session) = stream.get_ref();
            assert_eq!(session.protocol_version(), Some(expected));
            let suite =
                format!("{:?}", session.negotiated_cipher_suite().expect("a suite").suite());
            assert!(suite.starts_with("TLS13_") || suite.starts_with("TLS_ECDHE_"), "{suite}");
            assert!(suite.contains("GCM") || suite.contains("CHACHA20"), "{suite}");
            let answer = get_closing(&mut stream, "/who").await;
            assert!(answer.ends_with("127.0.0.1 Tls"), "{answer}");
        }
    }

    // R44
    #[tokio::test]
    async fn older_versions_are_answered_by_an_alert() {
        let secure = Secure::start(short()).await;
        // SSL 3.0, TLS 1.0, TLS 1.1.
        for minor in [0, 1, 2] {
            let mut stream = secure.running.connect().await;
            stream.write_all(&client_hello(minor)).await.expect("sent");
            let mut answer = Vec::new();
            let _ = timeout(Duration::from_secs(3), stream.read_to_end(&mut answer)).await;
            // Record type 21, level fatal, nothing after it.
            assert_eq!(answer.first(), Some(&21), "{answer:?}");
            assert_eq!(answer.get(5), Some(&2), "{answer:?}");
            assert_eq!(answer.len(), 7, "{answer:?}");
        }
    }

    /// A ClientHello of version 3.`minor` with the suites and extensions of its time.
    fn client_hello(minor: u8) -> Vec<u8> {
        let extensions: &[u8] = &[
            // Groups: P-256. Point formats: uncompressed. Signatures: RSA and ECDSA with SHA-1 and SHA-256.
            0, 10, 0, 4, 0, 2, 0, 23, 0, 11, 0, 2, 1, 0, 0, 13, 0, 10, 0, 8, 4, 1, 4, 3, 2, 1, 2, 3,
        ];
        let mut body = vec![3, minor];
        body.extend([7; 32]);
        body.push(0);
        // ECDHE with AES-CBC and AES-GCM, RSA with AES-CBC.
        body.extend([0, 10, 0xc0, 0x09, 0xc0, 0x13, 0xc0, 0x2b, 0xc0, 0x2f, 0x00, 0x2f]);
        body.extend([1, 0]);
        body.extend([0, extensions.len() as u8]);
        body.extend(extensions);
        let mut hello =
            vec![22, 3, minor.min(1), 0, body.len() as u8 + 4, 1, 0, 0, body.len() as u8];
        hello.extend(body);
        hello
    }

    // The same hello is answered when it says TLS 1.2, so it is the version that is refused above.
    #[tokio::test]
    async fn the_current_version_of_that_hello_is_answered() {
        let secure = Secure::start(short()).await;
        let mut stream = secure.running.connect().await;
        stream.write_all(&client_hello(3)).await.expect("sent");
        let mut kind = [0];
        stream.read_exact(&mut kind).await.expect("an answer");
        assert_eq!(kind, [22], "a handshake record");
    }

    // R45: no redirect, no answer, and no handler sees it.
    #[tokio::test]
    async fn plaintext_to_the_tls_port_gets_nothing() {
        let secure = Secure::start(short()).await;
        let mut stream = secure.running.connect().await;
        let answer = get_closing(&mut stream, "/").await;
        assert!(!answer.contains("HTTP/") && !answer.contains("hello"), "{answer}");
        assert!(answer.len() <= 7, "an alert at most: {answer:?}");
        // And it ended that connection only.
        let mut stream = secure.connect(&[&TLS13], &[]).await;
        assert!(get_closing(&mut stream, "/").await.ends_with("hello"));
    }

    // R49
    #[tokio::test]
    async fn a_handshake_that_never_comes_is_not_waited_for() {
        let secure = Secure::start(short()).await;
        let mut stream = secure.running.connect().await;
        let (took, answer) = elapsed(rest(&mut stream)).await;
        assert_eq!(answer, "");
        assert!((Duration::from_millis(250)..Duration::from_secs(2)).contains(&took), "{took:?}");
    }

    #[tokio::test]
    async fn http_2_is_agreed_on_and_served() {
        let secure = Secure::start(short()).await;
        let stream = secure.connect(&[&TLS13], &[b"h2", b"http/1.1"]).await;
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
        let (mut requests, connection) =
            hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream))
                .await
                .expect("HTTP/2");
        let connection = tokio::spawn(connection);
        let request = http::Request::get("https://localhost/who")
            .body(axum::body::Body::empty())
            .expect("a request");
        let response = requests.send_request(request).await.expect("an answer");
        assert_eq!(response.version(), http::Version::HTTP_2);
        let body = http_body_util::BodyExt::collect(response.into_body())
            .await
            .expect("a body")
            .to_bytes();
        assert_eq!(&body[..], b"127.0.0.1 Tls");
        // R49: it is closed when it idles, though the client would go on.
        let (took, _) = elapsed(timeout(Duration::from_secs(4), connection)).await;
        assert!(took < Duration::from_secs(3), "{took:?}");
    }

    #[tokio::test]
    async fn shutdown_lets_a_request_of_http_2_finish() {
        let mut secure = Secure::start(short()).await;
        let stream = secure.connect(&[&TLS13], &[b"h2"]).await;
        let (mut requests, connection) =
            hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream))
                .await
                .expect("HTTP/2");
        tokio::spawn(connection);
        let request = http::Request::get("https://localhost/slow")
            .body(axum::body::Body::empty())
            .expect("a request");
        let answer = tokio::spawn(requests.send_request(request));
        sleep(Duration::from_millis(150)).await;
        secure.running.stop();
        let response = answer.await.expect("no panic").expect("an answer");
        let body = http_body_util::BodyExt::collect(response.into_body())
            .await
            .expect("a body")
            .to_bytes();
        assert_eq!(&body[..], b"done");
        timeout(Duration::from_secs(3), secure.running.done)
            .await
            .expect("it ends")
            .expect("no panic");
    }

    // R49
    #[tokio::test]
    async fn headers_of_http_2_beyond_the_bound_are_answered_by_431() {
        let secure = Secure::start(ServerSettings { max_header_bytes: 8192, ..short() }).await;
        let stream = secure.connect(&[&TLS13], &[b"h2"]).await;
        let (mut requests, connection) =
            hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream))
                .await
                .expect("HTTP/2");
        tokio::spawn(connection);
        let request = http::Request::get("https://localhost/")
            .header("x", "y".repeat(10_000))
            .body(axum::body::Body::empty())
            .expect("a request");
        let response = requests.send_request(request).await.expect("an answer");
        assert_eq!(response.status(), 431);
    }

    #[tokio::test]
    async fn a_client_without_alpn_gets_http_1() {
        let secure = Secure::start(short()).await;
        let mut stream = secure.connect(&[&TLS13], &[]).await;
        // The preface of HTTP/2 is no request of HTTP/1.1.
        stream
            .write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0")
            .await
            .expect("sent");
        let answer = rest(&mut stream).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }

    #[tokio::test]
    async fn encrypted_may_leave_loopback() {
        let CertifiedKey { cert, signing_key } = certificate();
        let tls = Tls::pem(cert.pem().as_bytes(), signing_key.serialize_pem().as_bytes())
            .expect("a pair");
        assert!(Server::new(router(), "0.0.0.0:0").tls(tls).problems().is_empty());
    }

    #[test]
    fn a_bad_pair_is_told_apart_and_not_repeated() {
        let one = certificate();
        let other = certificate();
        let key = one.signing_key.serialize_pem();
        let cut = key.replace("-----END", "-----SECRETLINE");
        for (chain, key, code) in [
            (String::new(), key.clone(), "SA204"),
            (key.clone(), key.clone(), "SA204"),
            (
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".into(),
                key.clone(),
                "SA204",
            ),
            (one.cert.pem(), String::new(), "SA205"),
            (one.cert.pem(), one.cert.pem(), "SA205"),
            (one.cert.pem(), cut, "SA205"),
            (
                one.cert.pem(),
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n".into(),
                "SA205",
            ),
            (one.cert.pem(), other.signing_key.serialize_pem(), "SA206"),
        ] {
            let problem = Tls::pem(chain.as_bytes(), key.as_bytes()).expect_err(code);
            assert_eq!(problem.code, code);
            assert!(!format!("{problem:?}").contains("SECRETLINE"));
        }
    }

    #[test]
    fn files_that_cannot_be_read_are_named() {
        let problem =
            Tls::pem_files("/nonexistent/chain.pem", "/nonexistent/key.pem").expect_err("no file");
        assert_eq!(problem.code, "SA204");
        assert!(problem.text.contains("/nonexistent/chain.pem"));
    }

    #[test]
    fn debug_shows_neither_key_nor_certificate() {
        let CertifiedKey { cert, signing_key } = certificate();
        let tls = Tls::pem(cert.pem().as_bytes(), signing_key.serialize_pem().as_bytes())
            .expect("a pair");
        assert_eq!(format!("{tls:?}"), "Tls");
    }
}
