//! Certificates that are replaced while a server serves, and several of one server.

use std::{
    path::PathBuf,
    process,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, ServerName},
};
use secure_api_runtime::{serve::Tls, testing};
use tokio_rustls::{TlsConnector, client::TlsStream};
use tracing::{
    Event, Level, Metadata, Subscriber,
    span::{Attributes, Id, Record},
};

use super::*;

/// A certificate and its key, for these hosts, that signs itself.
struct Made {
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Made {
    fn of(hosts: &[&str]) -> Self {
        Self::with(hosts, |_| {})
    }

    fn with(hosts: &[&str], change: impl FnOnce(&mut CertificateParams)) -> Self {
        let hosts = hosts.iter().map(|host| (*host).to_owned()).collect::<Vec<_>>();
        let mut params = CertificateParams::new(hosts).expect("hosts");
        change(&mut params);
        let key = KeyPair::generate().expect("a key");
        Self { certificate: params.self_signed(&key).expect("a certificate"), key }
    }

    fn tls(&self) -> Result<Tls, secure_api_runtime::error::StartProblem> {
        Tls::pem(self.certificate.pem().as_bytes(), testing::secret!(self.key.serialize_pem()))
    }
}

/// The files of a pair, in a folder that goes with this.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, pair: &Made) -> Self {
        let path = std::env::temp_dir().join(format!("secure-api-{name}-{}", process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        let folder = Self(path);
        folder.put(&pair.certificate.pem(), &pair.key.serialize_pem());
        folder
    }

    fn put(&self, certificate: &str, key: &str) {
        std::fs::write(self.0.join("certificate.pem"), certificate).expect("a file");
        std::fs::write(self.0.join("key.pem"), key).expect("a file");
    }

    fn tls(&self) -> Tls {
        Tls::pem_files(self.0.join("certificate.pem"), self.0.join("key.pem")).expect("a pair")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn often() -> ServerSettings {
    ServerSettings { certificate_interval: Duration::from_millis(10), ..ServerSettings::default() }
}

/// The log, as far as it tells of pairs that cannot be used: their number.
struct Unusable;

static UNUSABLE: AtomicUsize = AtomicUsize::new(0);

impl Subscriber for Unusable {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "secure_api::tls" && *metadata.level() == Level::ERROR
    }

    fn event(&self, _: &Event<'_>) {
        UNUSABLE.fetch_add(1, Ordering::SeqCst);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// Waits until so many pairs were told to be unusable: then the last one was looked at, and twice.
async fn until_told(count: usize) {
    let told = async {
        while UNUSABLE.load(Ordering::SeqCst) < count {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(Duration::from_secs(30), told).await.expect("it is looked at");
}

/// Connects to a host of a server that has one of these certificates.
async fn connect(running: &Running, known: &[&Made], host: &'static str) -> TlsStream<TcpStream> {
    let mut roots = RootCertStore::empty();
    for made in known {
        roots.add(made.certificate.der().clone()).expect("a certificate");
    }
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let host = ServerName::try_from(host).expect("a name");
    let connector = TlsConnector::from(Arc::new(config));
    connector.connect(host, running.connect().await).await.expect("a handshake")
}

fn shown(stream: &TlsStream<TcpStream>) -> CertificateDer<'static> {
    let (_, session) = stream.get_ref();
    session.peer_certificates().expect("a chain")[0].clone().into_owned()
}

/// Waits until the server shows this certificate.
async fn until_shown(running: &Running, known: &[&Made], awaited: &Made) {
    let shows = async {
        while shown(&connect(running, known, "localhost").await) != *awaited.certificate.der() {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(Duration::from_secs(30), shows).await.expect("it is served");
}

// R48
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pair_is_replaced_under_load_and_no_request_fails() {
    let pairs: Vec<Made> = (0..4).map(|_| Made::of(&["localhost"])).collect();
    let known: Arc<Vec<Made>> = Arc::new(pairs);
    let folder = Folder::new("replaced", &known[0]);
    let running =
        Arc::new(Running::start(Server::new(router()).tls(folder.tls()).settings(often())).await);
    let mut kept = connect(&running, &known.iter().collect::<Vec<_>>(), "localhost").await;
    let (over, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let callers = (0..4).map(|_| {
        let (running, known) = (Arc::clone(&running), Arc::clone(&known));
        let (over, answered) = (Arc::clone(&over), Arc::clone(&answered));
        tokio::spawn(async move {
            while !over.load(Ordering::Relaxed) {
                let known = known.iter().collect::<Vec<_>>();
                let mut stream = connect(&running, &known, "localhost").await;
                let answer = get_closing(&mut stream, "/").await;
                assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
                answered.fetch_add(1, Ordering::Relaxed);
            }
        })
    });
    let callers = callers.collect::<Vec<_>>();
    for next in &known[1..] {
        folder.put(&next.certificate.pem(), &next.key.serialize_pem());
        until_shown(&running, &known.iter().collect::<Vec<_>>(), next).await;
    }
    over.store(true, Ordering::Relaxed);
    for caller in callers {
        caller.await.expect("no request failed");
    }
    assert!(answered.load(Ordering::Relaxed) > 0);
    let answer = get_closing(&mut kept, "/").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "a connection from before is served: {answer}");
}

// R48
#[tokio::test]
async fn what_cannot_be_served_leaves_the_pair_from_before() {
    tracing::subscriber::set_global_default(Unusable).expect("no other test reads the log");
    let (first, other) = (Made::of(&["localhost"]), Made::of(&["localhost"]));
    let ended = Made::with(&["localhost"], |params| params.not_after = date_time_ymd(2026, 1, 1));
    let folder = Folder::new("unusable", &first);
    let running = Running::start(Server::new(router()).tls(folder.tls()).settings(often())).await;
    let known = [&first, &other, &ended];
    let unusable = [
        ("no certificate".to_owned(), first.key.serialize_pem()),
        (other.certificate.pem(), first.key.serialize_pem()),
        (ended.certificate.pem(), ended.key.serialize_pem()),
        (String::new(), String::new()),
    ];
    for (before, (certificate, key)) in unusable.iter().enumerate() {
        folder.put(certificate, key);
        until_told(before + 1).await;
        assert_eq!(shown(&connect(&running, &known, "localhost").await), *first.certificate.der());
    }
    std::fs::remove_file(folder.0.join("key.pem")).expect("a file");
    until_told(unusable.len() + 1).await;
    assert_eq!(shown(&connect(&running, &known, "localhost").await), *first.certificate.der());
    // What comes after it is looked at as ever.
    folder.put(&other.certificate.pem(), &other.key.serialize_pem());
    until_shown(&running, &known, &other).await;
}

#[tokio::test]
async fn a_client_is_shown_the_certificate_of_its_host() {
    let (first, second, below) = (
        Made::of(&["localhost", "shop.example"]),
        Made::of(&["Partners.example"]),
        Made::of(&["*.partners.example"]),
    );
    let tls = first.tls().and_then(|tls| {
        let key = testing::secret!(second.key.serialize_pem());
        tls.and_pem(second.certificate.pem().as_bytes(), key)
    });
    let tls = tls.and_then(|tls| {
        let key = testing::secret!(below.key.serialize_pem());
        tls.and_pem(below.certificate.pem().as_bytes(), key)
    });
    let running = Running::start(Server::new(router()).tls(tls.expect("three pairs"))).await;
    let known = [&first, &second, &below];
    for (host, made) in [
        ("shop.example", &first),
        ("partners.example", &second),
        ("a.partners.example", &below),
        ("localhost", &first),
    ] {
        let mut stream = connect(&running, &known, host).await;
        assert_eq!(shown(&stream), *made.certificate.der(), "{host}");
        assert!(get_closing(&mut stream, "/").await.starts_with("HTTP/1.1 200"), "{host}");
    }
}

#[test]
fn a_certificate_that_has_ended_or_not_begun_is_told() {
    let ended = Made::with(&["localhost"], |params| params.not_after = date_time_ymd(2026, 1, 1));
    let later = Made::with(&["localhost"], |params| params.not_before = date_time_ymd(2999, 1, 1));
    for made in [ended, later] {
        assert_eq!(made.tls().expect_err("it is not good now").code, "SA214");
    }
}

#[test]
fn a_further_certificate_is_for_a_host() {
    let (first, address) = (Made::of(&["localhost"]), Made::of(&["192.0.2.7"]));
    let tls = first.tls().and_then(|tls| {
        let key = testing::secret!(address.key.serialize_pem());
        tls.and_pem(address.certificate.pem().as_bytes(), key)
    });
    assert_eq!(tls.expect_err("nobody would be shown it").code, "SA215");
    assert!(address.tls().is_ok(), "alone it is shown to everybody");
}
