//! Certificates that an authority issues by ACME, seen by the clients of the server.

mod liar;
mod stated;

use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use rustls::{
    ClientConfig, RootCertStore,
    client::Resumption,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
    time_provider::TimeProvider,
};
use secure_api::{
    Tls,
    app::{App, AppBuilder},
    clock::Clock,
    error::StartError,
    manage::Manage,
    serve::Acme,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    task::JoinHandle,
    time::{sleep, timeout},
};
use tokio_rustls::{TlsConnector, client::TlsStream};

use crate::support::{
    Folder, Log,
    pebble::{self, Pebble},
    server::{START, app, stocked},
};

const HOST: &str = "api.shop.example";
/// Machines that build beside it are slow.
const PATIENCE: Duration = Duration::from_secs(60);

/// An app that runs.
pub(super) struct Running {
    pub(super) address: SocketAddr,
    manage: SocketAddr,
    _stop: oneshot::Sender<()>,
    _done: JoinHandle<()>,
}

impl Running {
    pub(super) fn of(bound: secure_api::serve::BoundServer) -> Self {
        let (address, (stop, stopped)) = (bound.local_addr(), oneshot::channel::<()>());
        let manage = bound.manage_addr().expect("a management listener");
        let done = tokio::spawn(bound.run(async {
            let _ = stopped.await;
        }));
        Self { address, manage, _stop: stop, _done: done }
    }
}

/// A client that trusts one root, at a time that the test stops.
#[derive(Clone)]
struct Visitor {
    connector: TlsConnector,
    address: SocketAddr,
    stopped: Arc<StoppedTime>,
}

/// The time, or the one at which it was stopped.
#[derive(Debug, Default)]
struct StoppedTime(AtomicU64);

impl TimeProvider for StoppedTime {
    fn current_time(&self) -> Option<UnixTime> {
        let stopped = self.0.load(Ordering::Relaxed);
        Some(if stopped == 0 {
            UnixTime::now()
        } else {
            UnixTime::since_unix_epoch(Duration::from_secs(stopped))
        })
    }
}

impl Visitor {
    fn new(root: &str, address: SocketAddr) -> Self {
        let mut roots = RootCertStore::empty();
        let root = CertificateDer::from_pem_slice(root.as_bytes()).expect("a root");
        roots.add(root).expect("a root");
        let stopped = Arc::new(StoppedTime::default());
        let provider = Arc::new(aws_lc_rs::default_provider());
        let mut config = ClientConfig::builder_with_details(provider, stopped.clone())
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        // A session that is resumed has the certificate of the handshake before.
        config.resumption = Resumption::disabled();
        Self { connector: TlsConnector::from(Arc::new(config)), address, stopped }
    }

    async fn connect(&self) -> std::io::Result<TlsStream<TcpStream>> {
        let stream = TcpStream::connect(self.address).await?;
        let host = ServerName::try_from(HOST).expect("a name");
        self.connector.connect(host, stream).await
    }

    /// Connects as soon as a certificate is shown that is not this one.
    async fn until_shown(&self, other_than: Option<&CertificateDer<'_>>) -> TlsStream<TcpStream> {
        let connected = async {
            loop {
                if let Ok(stream) = self.connect().await
                    && Some(&shown(&stream)) != other_than
                {
                    return stream;
                }
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(PATIENCE, connected).await.expect("it is shown")
    }
}

fn shown(stream: &TlsStream<TcpStream>) -> CertificateDer<'static> {
    stream.get_ref().1.peer_certificates().expect("a chain")[0].clone().into_owned()
}

/// Asks over a connection that stays open; gives the first line of the answer.
async fn ask(stream: &mut TlsStream<TcpStream>) -> String {
    let request = format!("HEAD /v2/parts/BOLT HTTP/1.1\r\nhost: {HOST}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("it is sent");
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        answer.push(stream.read_u8().await.expect("an answer"));
    }
    String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()
}

/// Returns the text of metrics.
async fn metrics(manage: &Visitor) -> String {
    let mut stream = manage.connect().await.expect("a handshake");
    let host = manage.address;
    let request = format!("GET /metrics HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("it is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    answer
}

pub(super) fn served(tls: Result<Tls, impl Into<StartError>>) -> AppBuilder {
    app(&stocked(), &Clock::manual(START)).tls(tls).manage(Manage::at("127.0.0.1:0"))
}

fn ordered(pebble: &Pebble, folder: &Path) -> App {
    let acme = Acme::new([HOST], folder)
        .directory(&pebble.directory)
        .root_certificate(&pebble.root)
        .contact("mailto:ops@shop.example")
        .terms_of_service_agreed();
    // Whoever asks without a pause is no matter of this test.
    served(Tls::acme(acme)).limit_scale(1_000_000).build().expect("an app that starts")
}

// R48
#[tokio::test]
async fn a_certificate_is_issued_and_renewed_without_a_lost_connection() {
    if !pebble::is_installed() {
        return;
    }
    let log = Log::capture();
    let (mut pebble, folder) = (Pebble::planned(), Folder::new("acme-"));
    let bound = ordered(&pebble, folder.path()).bind("127.0.0.1:0").await.expect("a port");
    pebble.run(bound.local_addr().port(), 12).await;
    let root = pebble.issuer().await.expect("a root");
    let running = Running::of(bound);
    let visitor = Visitor::new(&root, running.address);
    let mut kept = visitor.until_shown(None).await;
    let first = shown(&kept);
    assert_eq!(ask(&mut kept).await, "HTTP/1.1 200 OK");
    // Whoever comes while it is renewed is answered.
    let (over, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let caller = {
        let (visitor, over, answered) = (visitor.clone(), Arc::clone(&over), Arc::clone(&answered));
        tokio::spawn(async move {
            while !over.load(Ordering::Relaxed) {
                let mut stream = visitor.connect().await.expect("no handshake fails");
                assert_eq!(ask(&mut stream).await, "HTTP/1.1 200 OK");
                answered.fetch_add(1, Ordering::Relaxed);
                sleep(Duration::from_millis(20)).await;
            }
        })
    };
    told(&log, &["INFO", "another certificate is served", "secure_api::tls"], 2).await;
    let second = shown(&visitor.until_shown(Some(&first)).await);
    over.store(true, Ordering::Relaxed);
    caller.await.expect("no request failed");
    assert!(answered.load(Ordering::Relaxed) > 0);
    assert_eq!(ask(&mut kept).await, "HTTP/1.1 200 OK", "a connection from before is served");
    // The authority is gone, and the next renewal fails.
    visitor.stopped.0.store(UnixTime::now().as_secs(), Ordering::Relaxed);
    pebble.kill();
    let manage = Visitor { address: running.manage, ..visitor.clone() };
    told(&log, &["ERROR", "no certificate could be had by ACME", "the one from before"], 1).await;
    assert!(metrics(&manage).await.contains("secure_api_certificate_failures_total 1"));
    assert_eq!(shown(&visitor.connect().await.expect("a handshake")), second);
    assert_eq!(ask(&mut kept).await, "HTTP/1.1 200 OK");
    private(folder.path());
}

/// Looks at each file below a folder: nobody but its user reads it.
pub(super) fn private(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;

    for entry in std::fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let mode = entry.metadata().expect("it is there").permissions().mode() & 0o777;
        match entry.path().is_dir() {
            true => {
                assert_eq!(mode, 0o700);
                private(&entry.path());
            }
            false => assert_eq!(mode, 0o600, "{entry:?}"),
        }
    }
}

// R48
#[tokio::test]
async fn a_start_serves_what_was_issued_before_without_its_authority() {
    if !pebble::is_installed() {
        return;
    }
    let (mut pebble, folder) = (Pebble::planned(), Folder::new("acme-"));
    let bound = ordered(&pebble, folder.path()).bind("127.0.0.1:0").await.expect("a port");
    // Nothing is issued yet, and nobody to ask: no handshake is completed, and the server runs.
    let address = bound.local_addr();
    pebble.run(address.port(), 3600).await;
    let root = pebble.issuer().await.expect("a root");
    let visitor = Visitor::new(&root, address);
    let first = {
        let _running = Running::of(bound);
        shown(&visitor.until_shown(None).await)
    };
    pebble.kill();
    let again = ordered(&pebble, folder.path()).bind("127.0.0.1:0").await.expect("a port");
    let running = Running::of(again);
    let visitor = Visitor::new(&root, running.address);
    let mut stream = visitor.connect().await.expect("a handshake");
    assert_eq!((shown(&stream), ask(&mut stream).await.as_str()), (first, "HTTP/1.1 200 OK"));
}

#[tokio::test]
async fn without_a_certificate_and_an_authority_no_handshake_is_completed() {
    let log = Log::capture();
    let (pebble, folder) = (Pebble::planned(), Folder::new("acme-"));
    let bound = ordered(&pebble, folder.path()).bind("127.0.0.1:0").await.expect("a port");
    let running = Running::of(bound);
    let visitor = Visitor::new(&pebble.root, running.address);
    let refused = visitor.connect().await.expect_err("there is no certificate");
    assert!(refused.to_string().contains("alert"), "{refused}");
    told(&log, &["WARN", "until it is issued, each handshake is refused", HOST], 1).await;
    told(&log, &["ERROR", "no certificate could be had by ACME", HOST, "served=\"none\""], 1).await;
}

#[tokio::test]
async fn an_authority_that_does_not_find_the_host_says_so_in_the_log() {
    if !pebble::is_installed() {
        return;
    }
    let log = Log::capture();
    let (mut pebble, folder) = (Pebble::planned(), Folder::new("acme-"));
    let bound = ordered(&pebble, folder.path()).bind("127.0.0.1:0").await.expect("a port");
    // It looks at a port where nobody answers.
    pebble.run(1, 3600).await;
    let _running = Running::of(bound);
    told(&log, &["ERROR", "no certificate could be had by ACME", "Failed to connect"], 1).await;
}

/// Waits until the log has so many lines with all of these parts.
async fn told(log: &Log, parts: &[&str], times: usize) {
    let told = async {
        while log.lines_with(parts).len() < times {
            sleep(Duration::from_millis(100)).await;
        }
    };
    let said = || log.lines_with(&["secure_api::"]).join("\n");
    timeout(PATIENCE, told).await.unwrap_or_else(|_| panic!("{parts:?} is not in {}", said()));
}
