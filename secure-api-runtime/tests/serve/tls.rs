//! The server over TLS: what it negotiates, and that it waits no longer than without.

use std::sync::Arc;

use axum::body::Body;
use hyper::client::conn::http2::{self, SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use rustls::{
    ClientConfig, ProtocolVersion, RootCertStore, SupportedProtocolVersion,
    crypto::aws_lc_rs,
    pki_types::ServerName,
    version::{TLS12, TLS13},
};
use secure_api_runtime::{serve::Tls, testing};
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::*;

struct Secure {
    running: Running,
    roots: RootCertStore,
}

impl Secure {
    async fn start(settings: ServerSettings) -> Self {
        let CertifiedKey { cert, signing_key } = certificate();
        let tls = Tls::pem(cert.pem().as_bytes(), testing::secret!(signing_key.serialize_pem()))
            .expect("a certificate and its key");
        let mut roots = RootCertStore::empty();
        roots.add(cert.der().clone()).expect("a certificate");
        let server = Server::new(router()).tls(tls).settings(settings);
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

/// Begins HTTP/2 on a connection that agreed on it.
async fn http_2(
    stream: TlsStream<TcpStream>,
) -> (SendRequest<Body>, http2::Connection<TokioIo<TlsStream<TcpStream>>, Body, TokioExecutor>) {
    let handshake = http2::handshake(TokioExecutor::new(), TokioIo::new(stream));
    handshake.await.expect("HTTP/2")
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
        let suite = format!("{:?}", session.negotiated_cipher_suite().expect("a suite").suite());
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
    let mut hello = vec![22, 3, minor.min(1), 0, body.len() as u8 + 4, 1, 0, 0, body.len() as u8];
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
    let (mut requests, connection) = http_2(stream).await;
    let connection = tokio::spawn(connection);
    let request =
        http::Request::get("https://localhost/who").body(Body::empty()).expect("a request");
    let response = requests.send_request(request).await.expect("an answer");
    assert_eq!(response.version(), http::Version::HTTP_2);
    let body =
        http_body_util::BodyExt::collect(response.into_body()).await.expect("a body").to_bytes();
    assert_eq!(&body[..], b"127.0.0.1 Tls");
    // R49: it is closed when it idles, though the client would go on.
    let (took, _) = elapsed(timeout(Duration::from_secs(4), connection)).await;
    assert!(took < Duration::from_secs(3), "{took:?}");
}

#[tokio::test]
async fn shutdown_lets_a_request_of_http_2_finish() {
    let mut secure = Secure::start(short()).await;
    let stream = secure.connect(&[&TLS13], &[b"h2"]).await;
    let (mut requests, connection) = http_2(stream).await;
    tokio::spawn(connection);
    let request =
        http::Request::get("https://localhost/slow").body(Body::empty()).expect("a request");
    let answer = tokio::spawn(requests.send_request(request));
    sleep(Duration::from_millis(150)).await;
    secure.running.stop();
    let response = answer.await.expect("no panic").expect("an answer");
    let body =
        http_body_util::BodyExt::collect(response.into_body()).await.expect("a body").to_bytes();
    assert_eq!(&body[..], b"done");
    timeout(Duration::from_secs(3), secure.running.done).await.expect("it ends").expect("no panic");
}

// R49
#[tokio::test]
async fn headers_of_http_2_beyond_the_bound_are_answered_by_431() {
    let secure = Secure::start(ServerSettings { max_header_bytes: 8192, ..short() }).await;
    let stream = secure.connect(&[&TLS13], &[b"h2"]).await;
    let (mut requests, connection) = http_2(stream).await;
    tokio::spawn(connection);
    let request = http::Request::get("https://localhost/")
        .header("x", "y".repeat(10_000))
        .body(Body::empty())
        .expect("a request");
    let response = requests.send_request(request).await.expect("an answer");
    assert_eq!(response.status(), 431);
}

#[tokio::test]
async fn a_client_without_alpn_gets_http_1() {
    let secure = Secure::start(short()).await;
    let mut stream = secure.connect(&[&TLS13], &[]).await;
    // The preface of HTTP/2 is no request of HTTP/1.1.
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await.expect("sent");
    let answer = rest(&mut stream).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
}

#[tokio::test]
async fn encrypted_may_leave_loopback() {
    let CertifiedKey { cert, signing_key } = certificate();
    let tls = Tls::pem(cert.pem().as_bytes(), testing::secret!(signing_key.serialize_pem()))
        .expect("a pair");
    let everywhere = Addresses::look_up("0.0.0.0:0").await;
    assert!(Server::new(router()).tls(tls).problems(&everywhere).is_empty());
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
        let problem = Tls::pem(chain.as_bytes(), testing::secret!(key.as_str())).expect_err(code);
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
    let tls = Tls::pem(cert.pem().as_bytes(), testing::secret!(signing_key.serialize_pem()))
        .expect("a pair");
    assert_eq!(format!("{tls:?}"), "Tls");
}
