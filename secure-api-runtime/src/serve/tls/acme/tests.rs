//! Mistakes that are told before anybody is asked, and the handshakes by which an authority looks.

use std::{env, fs, io, process, sync::Arc};

use rustls::{
    ClientConfig, DigitallySignedStruct, Error, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use tokio::{
    io::AsyncReadExt,
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::*;

/// A folder that goes with this.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str) -> Self {
        Self(env::temp_dir().join(format!("secure-api-acme-{name}-{}", process::id())))
    }

    fn acme(&self, hosts: &[&str]) -> Acme {
        Acme::new(hosts.iter().copied(), &self.0)
            .directory("https://127.0.0.1:1/directory")
            .terms_of_service_agreed()
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn what_cannot_be_ordered_is_told_before_anybody_is_asked() {
    let folder = Temporary::new("told");
    let codes = |acme: Acme| {
        let error = Tls::acme(acme).expect_err("it is wrong");
        error.problems().iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    for hosts in [
        &[][..],
        &["192.0.2.7"],
        &["2001:db8::1"],
        &["*.example.com"],
        &["api.example.com", ""],
        &["api..example.com"],
        &["-api.example.com"],
        &["api.example.com:443"],
        &["../example.com"],
    ] {
        assert_eq!(codes(folder.acme(hosts)), ["SA216"], "{hosts:?}");
    }
    assert_eq!(codes(Acme::new(["api.example.com"], &folder.0)), ["SA217"]);
    let acme = || folder.acme(&["api.example.com"]);
    for acme in [
        acme().directory("http://127.0.0.1/directory"),
        acme().directory("api.example.com"),
        acme().contact("ops@example.com"),
        acme().root_certificate("no certificate"),
    ] {
        assert_eq!(codes(acme), ["SA218"]);
    }
    let hosts = (0..101).map(|host| format!("h{host}.example.com"));
    assert_eq!(codes(Acme::new(hosts, &folder.0).terms_of_service_agreed()), ["SA216"]);
    let all = Acme::new(["*.example.com", "192.0.2.7"], &folder.0).directory("api.example.com");
    let all = all.contact("ops@example.com").root_certificate("no certificate");
    assert_eq!(codes(all), ["SA216", "SA218", "SA218", "SA218", "SA217"], "all of it together");
    assert!(!folder.0.exists(), "what is wrong leaves nothing behind");
    fs::write(&folder.0, "a file").expect("a file");
    assert_eq!(codes(acme()), ["SA219"]);
    fs::remove_file(&folder.0).expect("it is there");
    assert!(Tls::acme(acme().contact("mailto:ops@example.com")).is_ok());
}

#[cfg(unix)]
#[test]
fn what_is_kept_is_for_the_server_alone_and_for_its_directory() {
    use std::os::unix::fs::PermissionsExt;

    let temporary = Temporary::new("kept");
    let ordering = temporary.acme(&["api.example.com"]).ordering().expect("an order");
    let made = rcgen::generate_simple_self_signed(["api.example.com".to_owned()]).expect("a pair");
    let (chain, key) = (made.cert.pem(), made.signing_key.serialize_pem());
    ordering.folder.keep_pair(&chain, &key).expect("it is kept");
    let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    let below = temporary.0.join("127.0.0.1-1-directory");
    assert_eq!((mode(&below), mode(&below.join("api.example.com.pem"))), (0o700, 0o600));
    let now = super::super::pairs::now();
    let again = temporary.acme(&["api.example.com"]).ordering().expect("an order");
    let kept = again.kept(now).expect("a start asks for nothing");
    assert_eq!(kept.certificate(), made.cert.der());
    assert!(again.covers(&kept));
    let over = kept.ends + 1;
    assert!(again.kept(over).is_none(), "it has ended");
    let more = temporary.acme(&["api.example.com", "www.example.com"]).ordering();
    assert!(!more.expect("an order").covers(&kept), "another host was added");
    let other = temporary.acme(&["api.example.com"]).directory("https://127.0.0.1:1/other");
    assert!(other.ordering().expect("an order").kept(now).is_none(), "another issued it");
    fs::write(below.join("api.example.com.pem"), "half").expect("a file");
    assert!(again.kept(now).is_none());
}

// What another process of the same folder has ordered is served, where it lasts longer, and no order is made for it.
#[tokio::test]
async fn what_another_process_has_ordered_is_served() {
    let temporary = Temporary::new("other");
    let ordering = Arc::new(temporary.acme(&["api.example.com"]).ordering().expect("an order"));
    let pairs = Pairs::acme(temporary.acme(&["api.example.com"]).ordering().expect("an order"));
    let (served, _) = pairs.ordered().next().expect("one");
    let put = |year: i32| {
        let mut params =
            rcgen::CertificateParams::new(["api.example.com".to_owned()]).expect("a host");
        params.not_after = rcgen::date_time_ymd(year, 1, 1);
        let key = rcgen::KeyPair::generate().expect("a key");
        let made = params.self_signed(&key).expect("a certificate");
        ordering.folder.keep_pair(&made.pem(), &key.serialize_pem()).expect("it is kept");
        made.der().clone()
    };
    let shown = || served.with(|pair| pair.certificate().clone());
    assert_eq!(shown(), None);
    let first = put(2090);
    renewal::take_over(&pairs, &served, &ordering).await;
    assert_eq!(shown(), Some(first.clone()));
    put(2089);
    renewal::take_over(&pairs, &served, &ordering).await;
    assert_eq!(shown(), Some(first), "what ends sooner is no renewal");
    let later = put(2091);
    renewal::take_over(&pairs, &served, &ordering).await;
    assert_eq!(shown(), Some(later));
}

/// The eyes of an authority: it looks at the certificate by itself, since its extension is one that no client knows.
#[derive(Debug)]
struct Looking;

impl ServerCertVerifier for Looking {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    // What verifies one reads the certificate first, and refuses the extension; `tests/it/serve/acme.rs` has an authority that does it.
    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        aws_lc_rs::default_provider().signature_verification_algorithms.supported_schemes()
    }
}

/// Connects to what answers these challenges, with these protocols; gives what the client has of it.
async fn connect(
    challenges: &Challenges,
    host: &'static str,
    protocols: &[&[u8]],
) -> (io::Result<TlsStream<TcpStream>>, io::Result<bool>) {
    let made = rcgen::generate_simple_self_signed(["ordinary.example".to_owned()]).expect("a pair");
    let pair = Pair::of(made.cert.pem().as_bytes(), made.signing_key.serialize_pem().as_bytes());
    let tls = Tls::of(Pairs::of(pair.expect("a pair"))).expect("a server");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let served = {
        let challenges = challenges.clone();
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.expect("a connection");
            challenges.accept(stream, &tls.config).await.map(|stream| stream.is_some())
        })
    };
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions");
    let mut config = config
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Looking))
        .with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    let name = ServerName::try_from(host).expect("a name");
    let stream = TcpStream::connect(address).await.expect("a connection");
    let connected = TlsConnector::from(Arc::new(config)).connect(name, stream).await;
    (connected, served.await.expect("it does not panic"))
}

fn shown(stream: &TlsStream<TcpStream>) -> CertificateDer<'static> {
    stream.get_ref().1.peer_certificates().expect("a chain")[0].clone().into_owned()
}

// RFC 8737, section 3.
#[tokio::test]
async fn a_challenge_is_answered_to_who_asks_for_nothing_else_and_then_it_is_over() {
    let challenges = Challenges::default();
    let (refused, _) = connect(&challenges, "api.example.com", &[b"acme-tls/1"]).await;
    assert!(refused.is_err(), "nothing is ordered");
    let answering = challenges.answer("api.example.com", &[7; 32]).expect("an answer");
    let answer = challenges.all()["api.example.com"].cert[0].clone();
    let (connected, served) = connect(&challenges, "api.example.com", &[b"acme-tls/1"]).await;
    let mut connected = connected.expect("it is answered");
    assert_eq!((shown(&connected), served.expect("a handshake")), (answer.clone(), false));
    assert_eq!(connected.get_ref().1.alpn_protocol(), Some(&b"acme-tls/1"[..]));
    assert_eq!(connected.read(&mut [0; 1]).await.expect("it is closed"), 0);
    // The digest is a critical extension of a certificate for this host alone, id-pe-acmeIdentifier.
    let id = [0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01, 0x1f, 0x01, 0x01, 0xff];
    let holds = |part: &[u8]| answer.windows(part.len()).any(|window| window == part);
    assert!(holds(&id) && holds(&[7; 32]));
    let (refused, _) = connect(&challenges, "other.example.com", &[b"acme-tls/1"]).await;
    assert!(refused.is_err());
    // A client is served, whatever is ordered meanwhile.
    for protocols in [&[&b"http/1.1"[..]][..], &[b"acme-tls/1", b"http/1.1"], &[]] {
        let (connected, served) = connect(&challenges, "ordinary.example", protocols).await;
        assert_ne!(shown(&connected.expect("a client")), answer);
        assert!(served.expect("a handshake"));
    }
    drop(answering);
    let (refused, _) = connect(&challenges, "api.example.com", &[b"acme-tls/1"]).await;
    assert!(refused.is_err(), "the order is over");
}
