//! The management listener: for those who run the app, on a socket of its own.

mod acts;
mod closing;
mod console;
mod fields;
mod told;
mod traffic;

use std::{net::SocketAddr, time::Duration};

use secure_api::{clock::Clock, manage::Manage, testing::secret};
use tokio::time::{sleep, timeout};

pub(crate) use self::closing::act;
use crate::support::{
    Answer, TestServer, gone, raw,
    server::{app, stocked},
};

pub(crate) const TOKEN: &str = "xK7+q2Pz9Lm4Vt1Rb8Ys3Wd6Hf0Nc5Ja";

/// Asks a management listener in plaintext, with further lines of the head.
pub(crate) async fn ask(at: SocketAddr, path: &str, lines: &str) -> Answer {
    let host = if lines.contains("host:") { "" } else { "host: localhost\r\n" };
    raw(at, format!("GET {path} HTTP/1.1\r\n{host}{lines}connection: close\r\n\r\n")).await
}

pub(crate) fn at(server: &TestServer) -> SocketAddr {
    server.manage.expect("a management listener")
}

/// Starts a server with a management listener on this machine.
pub(crate) async fn managed() -> TestServer {
    TestServer::with(|app| app.manage(Manage::at("127.0.0.1:0"))).await
}

/// Fails unless it is a problem document of this status that nobody keeps.
#[track_caller]
fn refused(answer: &Answer, status: u16) {
    assert_eq!(answer.status, status, "{answer:#?}");
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.json()["status"], status);
}

// R102
#[tokio::test]
async fn callers_do_not_reach_it() {
    let server = managed().await;
    for path in ["/livez", "/readyz", "/metrics"] {
        server.get(path).await.is_problem(404);
    }
    let at = at(&server);
    for path in ["/livez", "/readyz"] {
        let answer = ask(at, path, "").await;
        assert_eq!((answer.status, &*answer.body), (200, "ok\n"), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
    }
    // Nor do those who run it reach the API by it.
    refused(&ask(at, "/v2/parts/BOLT", "").await, 404);
    let posted = raw(
        at,
        "POST /livez HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    )
    .await;
    refused(&posted, 405);
    assert_eq!(posted.header("allow"), "GET, HEAD");
}

// R52 in part: a name that somebody else gives this machine is not ours.
#[tokio::test]
async fn it_is_asked_by_its_own_names_only() {
    let server =
        TestServer::with(|app| app.manage(Manage::at("127.0.0.1:0").host("shop.internal"))).await;
    let at = at(&server);
    let local =
        ["127.0.0.1:9443", "localhost", "LOCALHOST:1", "[::1]:9443", "10.1.2.3", "shop.internal"];
    for host in local {
        assert_eq!(ask(at, "/livez", &format!("host: {host}\r\n")).await.status, 200, "{host}");
    }
    for host in
        ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "shop.internal.evil.example"]
    {
        refused(&ask(at, "/livez", &format!("host: {host}\r\n")).await, 421);
    }
    refused(&ask(at, "/livez", "host: a@localhost\r\n").await, 400);
}

#[tokio::test]
async fn no_page_of_another_site_reads_it() {
    let server = managed().await;
    let at = at(&server);
    for site in ["cross-site", "same-site", "none, same-origin", "x"] {
        refused(&ask(at, "/livez", &format!("sec-fetch-site: {site}\r\n")).await, 403);
    }
    for own in [
        "sec-fetch-site: same-origin\r\n",
        "sec-fetch-site: none\r\n",
        "origin: http://localhost\r\n",
    ] {
        assert_eq!(ask(at, "/livez", own).await.status, 200, "{own}");
    }
    for other in ["origin: https://evil.example\r\n", "origin: null\r\n"] {
        refused(&ask(at, "/livez", other).await, 403);
    }
}

// R102: with a token nothing but the probes is open, not even which pages there are.
#[tokio::test]
async fn a_token_is_asked_for() {
    let server =
        TestServer::with(|app| app.manage(Manage::at("127.0.0.1:0").token(secret!(TOKEN)))).await;
    let at = at(&server);
    assert_eq!(ask(at, "/livez", "").await.status, 200);
    assert_eq!(ask(at, "/readyz", "").await.status, 200);
    let bearer = |token: &str| format!("authorization: Bearer {token}\r\n");
    let wrong = [String::new(), bearer("x"), bearer(&TOKEN[1..]), bearer(&TOKEN.to_lowercase())];
    for lines in wrong {
        for path in ["/metrics", "/nowhere"] {
            let answer = ask(at, path, &lines).await;
            refused(&answer, 401);
            let challenges = answer.headers.get_all("www-authenticate").iter();
            let schemes: Vec<_> = challenges.map(|value| &value.as_bytes()[..6]).collect();
            assert_eq!(schemes, [b"Bearer", b"Basic "], "{lines}");
        }
    }
    refused(&ask(at, "/nowhere", &bearer(TOKEN)).await, 404);
    // The password of a browser.
    let basic = "authorization: Basic b3BlcmF0b3I6eEs3K3EyUHo5TG00VnQxUmI4WXMzV2Q2SGYwTmM1SmE=\r\n";
    refused(&ask(at, "/nowhere", basic).await, 404);
}

#[tokio::test]
async fn elsewhere_it_does_not_start_without_a_token() {
    let clock = Clock::manual(0);
    let codes = |manage: Manage| {
        let error = app(&stocked(), &clock).manage(manage).build().expect_err("it does not start");
        error.problems().iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(Manage::at("0.0.0.0:0")), ["SA227"]);
    assert_eq!(codes(Manage::at("127.0.0.1:0").token(secret!("letmein"))), ["SA228"]);
    assert_eq!(codes(Manage::at("nowhere")), ["SA202"]);
    // With one it is encrypted, or does not start either.
    let app = app(&stocked(), &clock).manage(Manage::at("0.0.0.0:0").token(secret!(TOKEN))).build();
    let error = app.expect("an app").bind("127.0.0.1:0").await.expect_err("it does not start");
    assert_eq!(error.problems()[0].code, "SA201");
}

// R49: what stops says so to whoever sends it requests, and why on this machine alone.
#[tokio::test]
async fn it_is_not_ready_while_it_stops() {
    let deadline = Duration::from_millis(1500);
    let mut server =
        TestServer::with(|app| app.deadline(deadline).manage(Manage::at("127.0.0.1:0"))).await;
    let at = at(&server);
    let slow = tokio::spawn(Answer::of(server.request(reqwest::Method::GET, "/v2/failures/sleep")));
    sleep(Duration::from_millis(200)).await;
    let done = server.stop();
    sleep(Duration::from_millis(100)).await;
    let answer = ask(at, "/readyz", "").await;
    refused(&answer, 503);
    assert_eq!(answer.json()["reasons"][0], "the app is shutting down");
    assert_eq!(ask(at, "/livez", "").await.status, 200);
    slow.await.expect("an answer");
    timeout(Duration::from_secs(5), done).await.expect("it stops").expect("it does not panic");
}

// R66 in part: without the ledger the app is alive and not ready.
#[tokio::test]
async fn it_is_not_ready_without_its_ledger() {
    for ledger in [gone::whole(), gone::silent()] {
        let server = TestServer::with(|app| {
            app.secret(secret!(TOKEN)).ledger(ledger).manage(Manage::at("127.0.0.1:0"))
        })
        .await;
        let answer = ask(at(&server), "/readyz", "").await;
        refused(&answer, 503);
        assert_eq!(answer.json()["reasons"][0], "the ledger does not answer");
        assert_eq!(ask(at(&server), "/livez", "").await.status, 200);
    }
}
