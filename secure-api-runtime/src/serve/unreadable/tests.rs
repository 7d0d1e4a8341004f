//! Answers that hyper gives by itself, and content that only looks so.

use std::{net::SocketAddr, time::Duration};

use axum::body::Body;
use futures_util::stream;
use http::Request;
use hyper::body::Incoming;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::sleep,
};

use super::*;
use crate::serve::Server;

#[test]
fn the_status_is_that_of_an_answer_that_refuses() {
    for (bytes, expected) in [
        (&b"HTTP/1.1 400 Bad Request\r\n"[..], Some(400)),
        (b"HTTP/1.0 431 ", Some(431)),
        (b"HTTP/1.1 200 OK\r\n", None),
        (b"HTTP/1.1 100 Continue\r\n\r\n", None),
        (b"HTTP/1.1 4", None),
        (b"", None),
        (b"\0\0\x12\x04\0\0\0\0\0", None),
    ] {
        let found = status(bytes).map(|status| status.as_u16());
        assert_eq!(found, expected, "{}", String::from_utf8_lossy(bytes));
    }
}

/// Content that begins as an answer does, wherever a write of it begins.
const LIKE_ONE: &[u8] = b"HTTP/1.1 400 ";

/// Answers requests with content that looks like answers, and all else after a while.
#[derive(Debug)]
struct Late;

impl Respond for Late {
    fn respond(&self, request: Request<Incoming>, _: Connection) -> Responding {
        let content = match request.uri().path() {
            "/whole" => Content::from(Bytes::from(LIKE_ONE.repeat(300_000))),
            _ => {
                let pieces = stream::iter((0..2000).map(|_| Ok::<_, io::Error>(LIKE_ONE)));
                Content::Made(Body::from_stream(pieces))
            }
        };
        Box::pin(async { Response::new(content) })
    }

    fn refuse(&self, status: StatusCode, _: Connection) -> Option<Responding> {
        Some(Box::pin(async move {
            sleep(Duration::from_millis(20)).await;
            let mut response = Response::new(Content::from(Bytes::from_static(b"unreadable")));
            *response.status_mut() = status;
            response
        }))
    }
}

async fn server() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let bound = Server::responding(Late).listen(listener).expect("on loopback");
    let address = bound.local_addr();
    tokio::spawn(bound.run(std::future::pending()));
    address
}

/// Returns all that is answered to these bytes, by a client that reads slowly at first.
async fn answered(address: SocketAddr, bytes: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(bytes.as_bytes()).await.expect("it is taken");
    sleep(Duration::from_millis(50)).await;
    let mut received = Vec::new();
    stream.read_to_end(&mut received).await.expect("an end");
    received
}

// R75: whatever the answer waits for.
#[tokio::test]
async fn an_answer_that_takes_a_while_is_written_before_the_connection_ends() {
    let address = server().await;
    let text = String::from_utf8(answered(address, "nothing\r\n\r\n").await).expect("text");
    assert!(text.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{text}");
    assert!(text.contains("content-length: 10\r\n") && text.contains("connection: close\r\n"));
    assert!(text.ends_with("\r\n\r\nunreadable"), "{text}");
}

#[tokio::test]
async fn content_that_looks_like_an_answer_is_left_as_it_is() {
    let address = server().await;
    for (path, count) in [("/whole", 300_000), ("/pieces", 2000)] {
        let text = format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\nnothing\r\n\r\n");
        let received = answered(address, &text).await;
        let found = received.windows(LIKE_ONE.len()).filter(|window| *window == LIKE_ONE).count();
        // The last one is an answer.
        assert_eq!(found, count + 1, "{path}");
        assert!(received.ends_with(b"unreadable"), "{path}");
    }
}
