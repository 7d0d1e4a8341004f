//! The start of a server: where it serves, and what keeps it from that.

use std::net::{IpAddr, Ipv6Addr};

use tokio::net::TcpListener;

use super::*;

async fn start_code(address: impl ToSocketAddrs + Debug) -> &'static str {
    let addresses = Addresses::look_up(address).await;
    let refused = Server::new(router()).bind(&addresses).await.expect_err("it does not start");
    refused.problems()[0].code
}

// R45: plaintext is for loopback only.
#[tokio::test]
async fn plaintext_off_loopback_is_refused() {
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:8080", "[::ffff:0.0.0.0]:0", "10.0.0.1:80"] {
        assert_eq!(start_code(address).await, "SA201", "{address}");
    }
    assert_eq!(start_code((IpAddr::from([192, 0, 2, 1]), 8080)).await, "SA201");
    // One of several is enough, wherever it stands.
    let mixed: [SocketAddr; 2] = ["127.0.0.1:0", "192.0.2.1:80"].map(|at| at.parse().expect("one"));
    assert_eq!(start_code(&mixed[..]).await, "SA201");
    let open = TcpListener::bind("0.0.0.0:0").await.expect("a free port");
    let refused = Server::new(router()).listen(open).expect_err("it does not start");
    assert_eq!(refused.problems()[0].code, "SA201");
}

// R49: nobody could be served.
#[tokio::test]
async fn a_bound_of_nothing_is_refused() {
    let settings = ServerSettings { max_connections: 0, ..ServerSettings::default() };
    let addresses = Addresses::look_up("127.0.0.1:0").await;
    let server = Server::new(router()).settings(settings);
    let refused = server.bind(&addresses).await.expect_err("it does not start");
    assert_eq!(refused.problems()[0].code, "SA224");
}

async fn answers(running: &Running, address: &str) {
    let answer = get_closing(&mut running.connect().await, "/").await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("hello"), "{address}: {answer}");
}

// R45: what tokio takes as an address is one, and so is a socket that is open.
#[tokio::test]
async fn plaintext_on_loopback_serves() {
    for address in ["127.0.0.1:0", "127.3.2.1:0", "localhost:0"] {
        answers(&Running::start_on(Server::new(router()), address).await, address).await;
    }
    let pair = Running::start_on(Server::new(router()), ("127.0.0.1", 0)).await;
    answers(&pair, "a pair of host and port").await;
    let numbers = (IpAddr::from([127, 0, 0, 1]), 0);
    answers(&Running::start_on(Server::new(router()), numbers).await, "a pair of numbers").await;
    let parsed = SocketAddr::from(([127, 0, 0, 1], 0));
    answers(&Running::start_on(Server::new(router()), parsed).await, "a SocketAddr").await;
    let several = [parsed, SocketAddr::from((Ipv6Addr::LOCALHOST, 0))];
    answers(&Running::start_on(Server::new(router()), &several[..]).await, "several").await;
    let open = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let server = Server::new(router()).listen(open).expect("loopback");
    answers(&Running::run(server), "a listener").await;
}

#[tokio::test]
async fn an_address_that_is_none_is_refused() {
    let none: &[SocketAddr] = &[];
    assert_eq!(start_code(none).await, "SA202");
    for address in ["", "localhost", "127.0.0.1", "8080", "127.0.0.1:99999", "no.such.invalid:443"]
    {
        let addresses = Addresses::look_up(address).await;
        let refused = Server::new(router()).bind(&addresses).await.expect_err("it is none");
        let [problem] = refused.problems() else { panic!("one problem: {refused}") };
        assert_eq!(problem.code, "SA202", "{address}");
        assert!(problem.text.starts_with(&format!("{address:?} is not")), "{}", problem.text);
    }
}

#[tokio::test]
async fn a_port_in_use_is_refused() {
    let running = Running::plain(short()).await;
    assert_eq!(start_code(running.address).await, "SA203");
    let both = [running.address, running.address];
    let addresses = Addresses::look_up(&both[..]).await;
    let refused = Server::new(router()).bind(&addresses).await.expect_err("in use");
    let named = format!("cannot serve on {} or {}: ", running.address, running.address);
    assert!(refused.problems()[0].text.starts_with(&named), "{refused}");
    // The second of two is served on where the first is not to be had.
    let free = SocketAddr::from(([127, 0, 0, 1], 0));
    let second = Running::start_on(Server::new(router()), &[running.address, free][..]).await;
    assert_ne!(second.address, running.address);
}

#[tokio::test]
async fn what_shows_before_binding_is_told_without_binding() {
    let everywhere = Addresses::look_up("0.0.0.0:0").await;
    assert_eq!(Server::new(router()).problems(&everywhere)[0].code, "SA201");
    let here = Addresses::look_up("127.0.0.1:0").await;
    assert!(Server::new(router()).problems(&here).is_empty());
}
