//! Answers that nobody reads: the room that they have, and that of each address.

use std::time::Duration;

use secure_api::serve::ServerSettings;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

use super::{Running, is_shed, tower::LARGE};

// R49, R66: an answer that nobody reads is held, and nothing new begins where there is no room.
#[tokio::test]
async fn answers_that_are_not_read_are_bounded_together() {
    let settings = ServerSettings { max_buffered_bytes: 1, ..ServerSettings::default() };
    let tower = Running::start(settings).await;
    let mut lazy = TcpStream::connect(tower.server.address).await.expect("a connection");
    let head = "GET /v1/history HTTP/1.1\r\nhost: localhost\r\nx-forwarded-for: 192.0.2.1\r\n\r\n";
    lazy.write_all(head.as_bytes()).await.expect("sent");
    let mut status = [0; 12];
    lazy.read_exact(&mut status).await.expect("an answer");
    assert_eq!(&status, b"HTTP/1.1 200");
    // It has more than all that may be held, and was sent since it was there.
    assert!(tower.sample("secure_api_buffered_bytes").await >= LARGE as f64);
    is_shed(&tower.ask("/v1/bell", "192.0.2.2", None).await.expect("an answer"));
    drop(lazy);
    let freed = async {
        while tower.sample("secure_api_buffered_bytes").await != 0.0 {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(10), freed).await.expect("it is given back");
    tower.ask("/v1/nowhere", "192.0.2.2", None).await.expect("an answer").is_problem(404);
}

/// Asks for an answer that it does not read, and returns its status.
async fn lazy(tower: &Running, asked: &str, address: &str) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(tower.server.address).await.expect("a connection");
    let head = format!(
        "{asked} HTTP/1.1\r\nhost: localhost\r\nx-forwarded-for: {address}\r\ncontent-length: 0\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.expect("sent");
    let mut status = [0; 12];
    stream.read_exact(&mut status).await.expect("an answer");
    (stream, String::from_utf8_lossy(&status[9..]).into_owned())
}

// R49, R66: whoever reads none of its answers holds as much as leaves room for others.
#[tokio::test]
async fn one_address_does_not_hold_all_the_room_by_answers() {
    let settings =
        ServerSettings { max_buffered_bytes: LARGE / 2 * 5, ..ServerSettings::default() };
    let tower = Running::start(settings).await;
    let mut held = Vec::new();
    for (address, expected) in [
        ("192.0.2.1", "200"),
        ("192.0.2.1", "503"),
        ("192.0.2.1", "503"),
        ("192.0.2.2", "200"),
        ("192.0.2.2", "503"),
        // The first of an address is sent where anything is left.
        ("192.0.2.3", "200"),
        ("192.0.2.4", "503"),
    ] {
        let (stream, status) = lazy(&tower, "GET /v1/history", address).await;
        assert_eq!(status, expected, "{address}");
        held.push(stream);
    }
    assert_eq!(tower.shed("content").await, 4.0);
}

// R66: whoever were to ask again would change it twice.
#[tokio::test]
async fn what_changed_something_is_answered_whatever_its_address_holds() {
    let settings =
        ServerSettings { max_buffered_bytes: LARGE / 2 * 5, ..ServerSettings::default() };
    let tower = Running::start(settings).await;
    let mut held = Vec::new();
    for (asked, expected) in
        [("GET /v1/history", "200"), ("GET /v1/history", "503"), ("POST /v1/copies", "200")]
    {
        let (stream, status) = lazy(&tower, asked, "192.0.2.1").await;
        assert_eq!(status, expected, "{asked}");
        held.push(stream);
    }
}
