//! Caps on what one client opens: connections of an address, and requests of a connection.

use std::time::Duration;

use secure_api::serve::ServerSettings;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::support::TestServer;

/// Asks over a connection that stays open; `None` if it is closed.
async fn asked(stream: &mut TcpStream) -> Option<String> {
    let request = b"GET /v2/parts/BOLT HTTP/1.1\r\nhost: localhost\r\n\r\n";
    // One that was closed may take it all the same.
    let _ = stream.write_all(request).await;
    let mut answer = vec![0; 8192];
    let read = timeout(Duration::from_secs(5), stream.read(&mut answer)).await.expect("in time");
    let length = read.unwrap_or_default();
    (length > 0).then(|| String::from_utf8_lossy(&answer[..length]).into_owned())
}

// R49: one address has half of the connections, and another one half of the rest.
#[tokio::test]
async fn an_address_leaves_connections_for_others() {
    let settings = ServerSettings { max_connections: 8, ..ServerSettings::default() };
    let server = TestServer::with(|app| app.server(settings)).await;
    let mut kept = Vec::new();
    let mut served = Vec::new();
    for own in ["127.0.0.1", "127.0.0.2", "127.0.0.3"] {
        let before = kept.len();
        for _ in 0..6 {
            let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
            socket.bind(format!("{own}:0").parse().expect("an address")).expect("it is ours");
            let mut stream = socket.connect(server.address).await.expect("a connection");
            if asked(&mut stream).await.is_some_and(|answer| answer.starts_with("HTTP/1.1 200")) {
                kept.push(stream);
            }
        }
        served.push(kept.len() - before);
    }
    assert_eq!(served, [4, 2, 1]);
}

// R49: a connection of HTTP/2 has no more requests open than it was told of.
#[tokio::test]
async fn a_connection_has_so_many_requests_at_one_time() {
    let settings = ServerSettings { max_concurrent_streams: 3, ..ServerSettings::default() };
    let server = TestServer::with(|app| app.server(settings)).await;
    let mut stream = TcpStream::connect(server.address).await.expect("a connection");
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await.expect("sent");
    stream.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]).await.expect("sent");
    // `GET /v2/failures/sleep`, of literals and what is in the table (RFC 7541, appendix A).
    let path = b"/v2/failures/sleep";
    let fields =
        [&[0x82, 0x86, 0x04, path.len() as u8][..], path, &[0x01, 9], b"localhost"].concat();
    for number in [1_u8, 3, 5, 7] {
        let head = [0, 0, fields.len() as u8, 1, 5, 0, 0, 0, number];
        stream.write_all(&[&head[..], &fields].concat()).await.expect("sent");
    }
    let mut told = None;
    loop {
        let mut head = [0; 9];
        let read = timeout(Duration::from_secs(5), stream.read_exact(&mut head)).await;
        read.expect("a frame in time").expect("a frame");
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize;
        let mut content = vec![0; length];
        stream.read_exact(&mut content).await.expect("the whole of it");
        match head[3] {
            // SETTINGS_MAX_CONCURRENT_STREAMS
            4 => told = content.chunks(6).find(|one| one[..2] == [0, 3]).map(|one| one[5]).or(told),
            // RST_STREAM with REFUSED_STREAM: nothing was done, so it may be sent again.
            3 => {
                assert_eq!((head[8], &content[..]), (7, &[0, 0, 0, 7][..]));
                break;
            }
            kind => assert!(kind != 1 && kind != 7, "no answer, and no end: {kind}"),
        }
    }
    assert_eq!(told, Some(3));
}
