//! Caps on connections, streams and headers: the same over both protocols.

use std::{net::SocketAddr, time::Duration};

use http::Request;
use secure_api::serve::ServerSettings;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use super::{
    frames::{HEADERS, PREFACE, RST_STREAM, SETTINGS, frame, frames, request},
    victim::connect,
};
use crate::support::TestServer;

/// Asks over a connection that is kept. `None` if it is closed before there is an answer.
async fn asked(address: SocketAddr, from: &str, http2: bool) -> Option<TcpStream> {
    let mut stream = connect(address, from.parse().expect("an address")).await;
    let bytes = match http2 {
        true => {
            let asked = request(1, "GET", "/v2/parts/BOLT");
            [PREFACE, &frame(SETTINGS, 0, 0, &[]), &asked].concat()
        }
        false => b"GET /v2/parts/BOLT HTTP/1.1\r\nhost: localhost\r\n\r\n".to_vec(),
    };
    stream.write_all(&bytes).await.ok()?;
    let mut answer = Vec::new();
    let is_answer = |answer: &[u8]| match http2 {
        true => frames(answer).iter().any(|(kind, ..)| *kind == HEADERS),
        false => answer.starts_with(b"HTTP/1.1 200 "),
    };
    while !is_answer(&answer) {
        let read = timeout(Duration::from_secs(5), stream.read_buf(&mut answer)).await;
        if read.expect("an answer or an end").ok()? == 0 {
            return None;
        }
    }
    Some(stream)
}

// R49
#[tokio::test]
async fn an_address_has_no_more_connections_than_it_leaves() {
    for http2 in [false, true] {
        let settings = ServerSettings { max_connections: 8, ..ServerSettings::default() };
        let server = TestServer::with(|app| app.server(settings)).await;
        let mut kept = Vec::new();
        for (from, most) in [("127.0.0.1", 4), ("127.0.0.2", 2), ("127.0.0.3", 1)] {
            let before = kept.len();
            for _ in 0..6 {
                kept.extend(asked(server.address, from, http2).await);
            }
            assert_eq!(kept.len() - before, most, "{from}, HTTP/2: {http2}");
        }
        // What ends makes room.
        kept.clear();
        assert!(asked(server.address, "127.0.0.4", http2).await.is_some());
    }
}

// R49, RFC 9113, section 5.1.2.
#[tokio::test]
async fn a_connection_has_no_more_requests_than_is_said() {
    let settings = ServerSettings { max_concurrent_streams: 3, ..ServerSettings::default() };
    let server = TestServer::with(|app| app.server(settings)).await;
    let mut stream = TcpStream::connect(server.address).await.expect("a connection");
    let long = [1, 3, 5, 7].map(|stream| request(stream, "GET", "/v2/failures/sleep"));
    let bytes = [PREFACE, &frame(SETTINGS, 0, 0, &[]), &long.concat()].concat();
    stream.write_all(&bytes).await.expect("sent");
    let mut answers = Vec::new();
    let refused = loop {
        let refused = frames(&answers).into_iter().find(|(kind, ..)| *kind == RST_STREAM);
        if let Some((_, stream, code)) = refused {
            break (stream, code.to_vec());
        }
        let read = timeout(Duration::from_secs(5), stream.read_buf(&mut answers)).await;
        assert_ne!(read.expect("the last one is refused").expect("frames"), 0);
    };
    // `REFUSED_STREAM`: it may be sent again.
    assert_eq!(refused, (7, vec![0, 0, 0, 7]));
    let (_, _, said) = frames(&answers)[0];
    assert!(said.chunks(6).any(|one| one == [0, 3, 0, 0, 0, 3]), "{said:?}");
}

// R49: over HTTP/1.1 beside this in `framing`.
#[tokio::test]
async fn a_header_over_http2_has_a_bound() {
    let server = TestServer::start().await;
    let ask = async |bytes: usize| {
        let stream = TcpStream::connect(server.address).await.expect("a connection");
        let (client, connection) = h2::client::handshake(stream).await.expect("HTTP/2");
        tokio::spawn(connection);
        let mut client = client.ready().await.expect("a connection");
        let request = Request::builder().uri("http://localhost/v2/parts/BOLT");
        let request = request.header("x", "a".repeat(bytes)).body(()).expect("a request");
        let (answer, _) = client.send_request(request, true).expect("a stream");
        answer.await.map(|answer| answer.status().as_u16()).ok()
    };
    assert_eq!(ask(31 * 1024).await, Some(200));
    assert_eq!(ask(33 * 1024).await, Some(431));
    // Far beyond, nothing is answered any more.
    assert_eq!(ask(1024 * 1024).await, None);
}
