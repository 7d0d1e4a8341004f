//! The places of connections: so many in all, and a share of them for one address.

use std::time::Duration;

use secure_api_runtime::serve::ServerSettings;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::{sleep, timeout},
};

use super::{Running, get_closing, short};

// R49
#[tokio::test]
async fn connections_beyond_the_bound_wait() {
    let running = Running::plain(ServerSettings { max_connections: 2, ..short() }).await;
    let mut held = Vec::new();
    for client in ["127.0.0.1", "127.0.0.2"] {
        let mut stream = running.connect_from(client).await;
        stream.write_all(b"GET /never HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
        held.push(stream);
    }
    sleep(Duration::from_millis(100)).await;
    let mut third = running.connect_from("127.0.0.3").await;
    third.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
    let mut byte = [0];
    assert!(timeout(Duration::from_millis(300), third.read(&mut byte)).await.is_err(), "it waits");
    held.pop();
    let answered = timeout(Duration::from_secs(2), third.read(&mut byte)).await;
    assert!(matches!(answered, Ok(Ok(1))), "it is served when a place is free");
}

// R49
#[tokio::test]
async fn a_connection_beyond_the_share_of_its_address_is_closed() {
    let running = Running::plain(ServerSettings { max_connections: 2, ..short() }).await;
    let mut held = running.connect_from("127.0.0.1").await;
    held.write_all(b"GET /never HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
    sleep(Duration::from_millis(100)).await;
    let mut second = running.connect_from("127.0.0.1").await;
    let closed = timeout(Duration::from_secs(2), second.read(&mut [0])).await.expect("no waiting");
    assert!(!matches!(closed, Ok(1..)), "nothing is said");
    let mut other = running.connect_from("127.0.0.2").await;
    assert!(get_closing(&mut other, "/").await.ends_with("hello"));
}
