//! The start of a server: where it serves, and what keeps it from that.

use super::*;

async fn start_code(server: Server) -> &'static str {
    server.bind().await.expect_err("it does not start").problems()[0].code
}

// R45: plaintext is for loopback only.
#[tokio::test]
async fn plaintext_off_loopback_is_refused() {
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:8080", "[::ffff:0.0.0.0]:0", "10.0.0.1:80"] {
        assert_eq!(start_code(Server::new(router(), address)).await, "SA201", "{address}");
    }
}

#[tokio::test]
async fn plaintext_on_loopback_serves() {
    for address in ["127.0.0.1:0", "127.3.2.1:0"] {
        let running = Running::start(Server::new(router(), address)).await;
        let answer = get_closing(&mut running.connect().await, "/").await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("hello"), "{answer}");
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_refused() {
    for address in ["", "localhost", "127.0.0.1", "8080", "127.0.0.1:99999", "example.com:443"] {
        assert_eq!(start_code(Server::new(router(), address)).await, "SA202", "{address}");
    }
}

#[tokio::test]
async fn a_port_in_use_is_refused() {
    let running = Running::plain(short()).await;
    assert_eq!(start_code(Server::new(router(), running.address)).await, "SA203");
}

#[tokio::test]
async fn what_shows_before_binding_is_told_without_binding() {
    assert_eq!(Server::new(router(), "0.0.0.0:0").problems()[0].code, "SA201");
    assert!(Server::new(router(), "127.0.0.1:0").problems().is_empty());
}
