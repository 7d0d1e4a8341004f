//! The provider when it answers badly, or not at all.

use std::time::Duration;

use tokio::net::TcpSocket;

use super::{Api, DUE, INTERVAL, Oidc, becomes, before, status};

/// The time for which the last good keys count.
const KEPT: Duration = Duration::from_secs(6 * 3600);
/// The manners in which nothing can be learned from its documents.
const MANNERS: [&str; 4] = ["another issuer", "endless", "elsewhere", "failing"];

// R7, R9, R38
#[tokio::test]
#[ignore = "scripts/check-provider runs it"]
async fn a_provider_that_answers_badly_lets_nobody_in() {
    let oidc = Oidc::start().await;
    let (jwt, opaque) =
        (oidc.token("robot", Api::Jwt).await, oidc.token("robot", Api::Opaque).await);
    for manner in MANNERS {
        oidc.answer(manner).await;
        let server = before(&oidc).await;
        assert_eq!(status(&server, &jwt).await, 503, "{manner}: a JWT");
        assert_eq!(status(&server, &opaque).await, 503, "{manner}: an opaque token");
        oidc.answer("well").await;
        server.clock.advance(INTERVAL);
        becomes(&server, &jwt, 200, "it answers well again").await;
        assert_eq!(status(&server, &opaque).await, 200, "{manner}: and is asked again");
    }
}

// R7, R38
#[tokio::test]
#[ignore = "scripts/check-provider runs it"]
async fn a_provider_without_keys_lets_nobody_in() {
    let oidc = Oidc::start().await;
    let token = oidc.token("robot", Api::Jwt).await;
    oidc.answer("no keys").await;
    let server = before(&oidc).await;
    // Without a key nothing can be checked, and what cannot be checked is not said to be wrong.
    for _ in 0..3 {
        assert_eq!(status(&server, &token).await, 503, "a set without a key");
        server.clock.advance(INTERVAL);
    }
    oidc.answer("well").await;
    becomes(&server, &token, 200, "a set with its key").await;
}

// R7, R25, R38
#[tokio::test]
#[ignore = "scripts/check-provider runs it"]
async fn a_provider_that_takes_too_long_lets_nobody_in() {
    let oidc = Oidc::start().await;
    let (jwt, opaque) =
        (oidc.token("robot", Api::Jwt).await, oidc.token("robot", Api::Opaque).await);
    oidc.answer("slow").await;
    let server = before(&oidc).await;
    let (jwt, opaque) = tokio::join!(status(&server, &jwt), status(&server, &opaque));
    assert_eq!((jwt, opaque), (503, 503));
}

// R7, R38
#[tokio::test]
#[ignore = "scripts/check-provider runs it"]
async fn the_last_good_keys_count_while_the_provider_is_ill_and_end() {
    for manner in ["another issuer", "endless", "failing"] {
        let oidc = Oidc::start().await;
        let (jwt, opaque) =
            (oidc.token("robot", Api::Jwt).await, oidc.token("robot", Api::Opaque).await);
        let server = before(&oidc).await;
        assert_eq!((status(&server, &jwt).await, status(&server, &opaque).await), (200, 200));
        oidc.answer(manner).await;
        for past in [Duration::ZERO, DUE, KEPT - DUE - INTERVAL] {
            server.clock.advance(past);
            let token = oidc.token("robot", Api::Jwt).await;
            assert_eq!(status(&server, &token).await, 200, "{manner}: {past:?} later");
        }
        server.clock.advance(INTERVAL);
        becomes(&server, &jwt, 503, "after six hours").await;
    }
}

// R7, R25, R38
#[tokio::test]
#[ignore = "scripts/check-provider runs it"]
async fn a_provider_that_is_gone_lets_nobody_new_in_until_it_is_back() {
    // The address is the test's own, also while nobody listens there.
    let held = TcpSocket::new_v4().expect("a socket");
    held.set_reuseaddr(true).expect("a socket that shares its address");
    held.bind(([127, 0, 0, 1], 0).into()).expect("an address");
    let port = held.local_addr().expect("a port").port().to_string();
    let mut oidc = Oidc::at(&port).await;
    let known = oidc.token("robot", Api::Jwt).await;
    let (seen, unseen) =
        (oidc.token("robot", Api::Opaque).await, oidc.token("robot", Api::Opaque).await);
    let server = before(&oidc).await;
    assert_eq!((status(&server, &known).await, status(&server, &seen).await), (200, 200));
    oidc.end();
    assert_eq!(status(&server, &known).await, 200, "its last good keys count");
    assert_eq!(status(&server, &unseen).await, 503, "nobody tells about an opaque token");
    server.clock.advance(INTERVAL * 3);
    assert_eq!(status(&server, &seen).await, 503, "one that was told about is asked about again");
    let fresh = before(&oidc).await;
    assert_eq!(status(&fresh, &known).await, 503, "a server that has never seen its keys");

    // It has lost everything, its keys among it.
    let back = Oidc::at(&port).await;
    assert_eq!(back.name, oidc.name);
    server.clock.advance(DUE);
    let token = back.token("robot", Api::Jwt).await;
    becomes(&server, &token, 200, "it is found again").await;
    server.clock.advance(INTERVAL);
    assert_eq!(status(&server, &known).await, 401, "its keys of before are withdrawn");
    assert_eq!(status(&server, &seen).await, 401, "a token that it does not know any more");
    drop(held);
}
