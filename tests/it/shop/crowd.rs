//! Thousands of connections on the shop that rest, over both protocols: their memory, and whoever asks meanwhile.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::{StreamExt, stream};
use reqwest::StatusCode;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{
        ClientConfig, RootCertStore,
        pki_types::{CertificateDer, ServerName, pem::PemObject},
    },
};

use super::{Shop, client, shop};
use crate::{
    serve::{
        frames::{HEADERS, PREFACE, SETTINGS, frame, frames, request},
        victim::{connect, memory_of},
    },
    support::Folder,
};

/// The connections: all places that the shop has but ten, which are left for whoever asks.
const CONNECTIONS: usize = 9_990;
/// The addresses that they come from, each of which has no more than it leaves for others.
const ADDRESSES: usize = 1_000;
/// The memory of one at most, in KiB: buffers of TLS and of the protocol, and what a debug build keeps besides.
const MOST: u64 = 64;

type Stream = TlsStream<tokio::net::TcpStream>;

/// Asks once over a connection, and keeps it.
async fn resting(connector: &TlsConnector, to: SocketAddr, number: usize) -> Stream {
    let http2 = number.is_multiple_of(2);
    let from = 0x7F01_0001 + u32::try_from(number % ADDRESSES).expect("few");
    let from = IpAddr::V4(Ipv4Addr::from_bits(from));
    let name = ServerName::from(to.ip());
    let stream = connector.connect(name, connect(to, from).await).await;
    let mut stream = stream.expect("TLS is agreed on");
    let asked = match http2 {
        true => [PREFACE, &frame(SETTINGS, 0, 0, &[]), &request(1, "GET", "/v2/status")].concat(),
        false => b"GET /v2/status HTTP/1.1\r\nhost: localhost\r\n\r\n".to_vec(),
    };
    stream.write_all(&asked).await.expect("it is sent");
    stream.flush().await.expect("it is sent");
    let mut answer = Vec::new();
    let is_answer = |answer: &[u8]| match http2 {
        true => frames(answer).iter().any(|(kind, ..)| *kind == HEADERS),
        false => answer.starts_with(b"HTTP/1.1 200 "),
    };
    let text = |answer: &[u8]| String::from_utf8_lossy(answer).into_owned();
    while !is_answer(&answer) {
        let read = timeout(Duration::from_secs(30), stream.read_buf(&mut answer)).await;
        let Ok(read) = read else { panic!("{number} waits for more than {}", text(&answer)) };
        assert_ne!(read.expect("an answer"), 0, "{number} is closed: {}", text(&answer));
    }
    stream
}

// R49
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "scripts/check-idle runs it: it takes a minute, and files for twenty thousand connections"]
async fn connections_that_rest_cost_little_and_keep_nobody_waiting() {
    let folder = Folder::new("crowd-");
    let data = folder.path();
    let client = client(data, "customer", "alice");
    let mut command = shop(data);
    command.env("SHOP_IDLE_SECONDS", "600");
    let running = Shop::run(command);
    let memory = || memory_of(running.process.id());
    let address: SocketAddr = running.address.trim_start_matches("https://").parse().expect("it");
    let authority =
        CertificateDer::from_pem_file(data.join("localhost-certificate.pem")).expect("it was made");
    let mut roots = RootCertStore::empty();
    roots.add(authority).expect("a certificate");
    let connectors = [&b"h2"[..], b"http/1.1"].map(|protocol| {
        let mut config =
            ClientConfig::builder().with_root_certificates(roots.clone()).with_no_client_auth();
        config.alpn_protocols = vec![protocol.to_vec()];
        TlsConnector::from(Arc::new(config))
    });
    let open = async |numbers: std::ops::Range<usize>| -> Vec<Stream> {
        let all = stream::iter(numbers);
        all.map(|number| resting(&connectors[number % 2], address, number))
            .buffer_unordered(32)
            .collect()
            .await
    };
    // What the first ones need is there for the next.
    drop(open(0..200).await);
    let before = memory();
    let begun = Instant::now();
    let mut kept = open(0..CONNECTIONS).await;
    println!("{CONNECTIONS} connections in {:?}", begun.elapsed());

    let mut slowest = Duration::ZERO;
    for _ in 0..100 {
        let begun = Instant::now();
        let answer = client.get(format!("{}/v1/products", running.address)).send().await;
        assert_eq!(answer.expect("an answer").status(), StatusCode::OK);
        slowest = slowest.max(begun.elapsed());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let (all, each) = (memory(), (memory() - before) / CONNECTIONS as u64);
    println!(
        "from {before} to {all} KiB: {each} KiB each; the slowest of 100 answers in {slowest:?}"
    );
    assert!(each <= MOST, "{each} KiB each");
    assert!(slowest < Duration::from_secs(5), "{slowest:?}");
    // They are open still.
    for stream in &mut kept {
        let mut byte = [0];
        let read = futures_util::FutureExt::now_or_never(stream.read(&mut byte));
        assert!(!matches!(read, Some(Ok(0) | Err(_))), "one was closed: {read:?}");
    }
}
