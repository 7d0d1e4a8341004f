//! The PROXY protocol, version 2: whose it says that a connection is, and who may say so.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use reqwest::{Certificate, Client};
use secure_api::{Tls, app::AppBuilder, serve::ServerSettings};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpSocket, TcpStream},
};

use super::{Running, parse, pool, request};
use crate::support::{Answer, Log};

const SIGNATURE: &[u8] = b"\r\n\r\n\0\r\nQUIT\n";

/// Returns the header of a connection from `198.51.100.7`, with a field that nobody needs.
fn of_client() -> Vec<u8> {
    let told =
        [&[198, 51, 100, 7, 10, 0, 0, 1, 0x12, 0x67, 1, 187][..], &[0xEA, 0, 2, 1, 2]].concat();
    [SIGNATURE, &[0x21, 0x11, 0, 17], &told].concat()
}

fn of_proxy() -> Vec<u8> {
    [SIGNATURE, &[0x20, 0, 0, 0]].concat()
}

fn of_nobody() -> Vec<u8> {
    [SIGNATURE, &[0x21, 0, 0, 0]].concat()
}

fn spoken(app: AppBuilder) -> AppBuilder {
    let settings = ServerSettings {
        proxy_protocol: true,
        header_timeout: Duration::from_millis(300),
        ..ServerSettings::default()
    };
    app.server(settings).proxies(["127.0.0.2", "198.51.100.8"])
}

const GUEST: [&str; 2] = ["x-wristband: 1", "x-forwarded-for: 6.6.6.6"];

// R51: what a client writes itself counts for nothing then.
#[tokio::test]
async fn a_connection_is_whose_its_header_says() {
    let pool = Running::start(spoken(pool())).await;
    let ask = async |header: &[u8], lines: &[&str]| {
        let bytes = [header, request("/v1/guest", lines).as_bytes()].concat();
        let text = pool.exchange("127.0.0.2", &bytes).await;
        parse(&text).unwrap_or_else(|| panic!("no HTTP answer: {text:?}"))
    };
    for (header, told) in
        [(of_client(), "198.51.100.7"), (of_proxy(), "127.0.0.2"), (of_nobody(), "127.0.0.2")]
    {
        let answer = ask(&header, &GUEST).await;
        assert_eq!(answer.json()["address"], told, "{answer:#?}");
        ask(&header, &["x-wristband: 1", "client-cert: :AAAA:"]).await.is_problem(400);
    }
    // The one whose connection it is may be a proxy, too.
    let mut header = of_client();
    header[19] = 8;
    assert_eq!(ask(&header, &GUEST).await.json()["address"], "6.6.6.6");
}

// R49 R51
#[tokio::test]
async fn a_proxy_without_the_header_gets_nothing() {
    let pool = Running::start(spoken(pool())).await;
    let plain = request("/v1/guest", &GUEST);
    let older = format!("PROXY TCP4 198.51.100.7 10.0.0.1 4711 443\r\n{plain}");
    for bytes in [plain.as_bytes(), older.as_bytes()] {
        assert_eq!(pool.exchange("127.0.0.2", bytes).await, "");
    }
    // A part of it is not waited for.
    let begun = Instant::now();
    assert_eq!(pool.exchange("127.0.0.2", &of_client()[..20]).await, "");
    assert!((Duration::from_millis(250)..Duration::from_secs(3)).contains(&begun.elapsed()));
}

// R49: nothing of such a proxy arrives, so the first is told of aloud, and not whoever looked if the port is open.
#[tokio::test]
async fn the_first_proxy_without_the_header_is_told_of_aloud() {
    let log = Log::capture();
    let pool = Running::start(spoken(pool())).await;
    let mute = ["a trusted proxy does not speak the PROXY protocol"];
    let aloud = || log.lines_with(&["WARN", mute[0]]).len();
    let in_all = || log.lines_with(&mute).len();
    drop(from_proxy(pool.address).await);
    while in_all() < 1 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(aloud(), 0);
    for _ in 0..2 {
        pool.exchange("127.0.0.2", request("/v1/guest", &GUEST).as_bytes()).await;
    }
    assert_eq!((aloud(), in_all()), (1, 3));
}

// R49: one client that is passed on leaves places for others.
#[tokio::test]
async fn a_client_behind_the_protocol_takes_no_more_than_it_leaves() {
    let app = pool().proxies(["127.0.0.2"]).server(ServerSettings {
        proxy_protocol: true,
        max_connections: 4,
        ..ServerSettings::default()
    });
    let pool = Running::start(app).await;
    // Two of four are the client's, and what it opens beyond is closed.
    let mut open = Vec::new();
    for _ in 0..2 {
        let mut stream = from_proxy(pool.address).await;
        stream.write_all(&of_client()).await.expect("it is sent");
        let asked = request("/v1/guest", &GUEST).replace("connection: close\r\n", "");
        stream.write_all(asked.as_bytes()).await.expect("it is sent");
        assert!(stream.read(&mut [0; 64]).await.expect("an answer") > 0);
        open.push(stream);
    }
    let bytes = [&of_client(), request("/v1/guest", &GUEST).as_bytes()].concat();
    assert_eq!(pool.exchange("127.0.0.2", &bytes).await, "");
    let mut other = bytes;
    other[19] = 9;
    assert!(pool.exchange("127.0.0.2", &other).await.contains("198.51.100.9"));
}

// R51: nobody else speaks it.
#[tokio::test]
async fn a_header_from_elsewhere_is_no_header() {
    let pool = Running::start(spoken(pool())).await;
    assert_eq!(pool.told("127.0.0.3", &GUEST[1..]).await, "127.0.0.3");
    let bytes = [&of_client(), request("/v1/guest", &GUEST).as_bytes()].concat();
    let text = pool.exchange("127.0.0.3", &bytes).await;
    assert!(!text.contains(" 200 "), "{text:?}");
    // Nor does it count where the app does not say that it is spoken.
    let unspoken = Running::start(super::pool().proxies(["127.0.0.2"])).await;
    let text = unspoken.exchange("127.0.0.2", &bytes).await;
    assert!(!text.contains(" 200 "), "{text:?}");
}

async fn from_proxy(to: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind(SocketAddr::from(([127, 0, 0, 2], 0))).expect("an address");
    socket.connect(to).await.expect("a connection")
}

/// Passes one connection on from `127.0.0.2`, with this header before it.
async fn passing(to: SocketAddr, header: Vec<u8>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        let (mut client, _) = listener.accept().await.expect("a connection");
        let mut server = from_proxy(to).await;
        server.write_all(&header).await.expect("it is sent");
        let _ = copy_bidirectional(&mut client, &mut server).await;
    });
    address
}

// R44 R51: the header stands before the handshake.
#[tokio::test]
async fn a_proxy_passes_tls_on() {
    let pair = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a pair");
    let certificate = pair.cert.pem();
    let key = secure_api::testing::secret!(pair.signing_key.serialize_pem());
    let app = spoken(pool()).tls(Tls::pem(certificate.as_bytes(), key));
    let pool = Running::start(app).await;
    let trusted = Certificate::from_pem(certificate.as_bytes()).expect("a certificate");
    let ask = async |address: SocketAddr| {
        let client = Client::builder().no_proxy().tls_certs_only([trusted.clone()]);
        let client = client.resolve("localhost", address).build().expect("a client");
        let url = format!("https://localhost:{}/v1/guest", address.port());
        let request = client.get(url).header("x-wristband", "1");
        Answer::of(request.header("x-forwarded-for", "6.6.6.6")).await.json()
    };
    assert_eq!(ask(passing(pool.address, of_client()).await).await["address"], "198.51.100.7");
    assert_eq!(ask(passing(pool.address, of_proxy()).await).await["address"], "127.0.0.2");
    assert_eq!(ask(pool.address).await["address"], "127.0.0.1");
}
