//! The ledger: what machines of one app remember of each other's callers.

mod charged;
mod cluster;
mod kept;
mod pair;
mod redis;

use std::time::Duration;

use reqwest::{Method, StatusCode};
use secure_api::{
    app::AppBuilder,
    clock::Clock,
    identity::Revocations,
    ledger::{Ledger, Memory},
    prelude::*,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{
    Fate, Hooked, Log, Operation, TestServer, gone,
    server::{START, app, stocked},
};

fn secret() -> SecretBytes {
    secure_api::testing::secret!([7; 32])
}

/// Starts a machine of the app with this ledger.
async fn machine<L: Ledger>(clock: &Clock, ledger: L) -> (TestServer, Revocations) {
    let db = stocked();
    let app = app(&db, clock).secret(secret()).ledger(ledger).build().expect("an app that starts");
    let revocations = app.revocations().clone();
    (TestServer::run(app, db, clock.clone()).await, revocations)
}

// R19
#[tokio::test]
async fn what_one_machine_revokes_the_others_refuse() {
    let clock = Clock::manual(START);
    let ledger = Memory::new(clock.clone());
    let (one, _) = machine(&clock, ledger.clone()).await;
    let (two, revocations) = machine(&clock, ledger).await;
    let (alice, bob) = (one.token("alice", &["customer"]), one.token("bob", &["customer"]));
    for server in [&one, &two] {
        for token in [&alice, &bob] {
            assert_eq!(server.get_as(token, "/v2/orders").await.status, StatusCode::OK);
        }
    }
    let ended = one.send(Method::DELETE, Some(&alice), "/v2/session", String::new()).await;
    assert_eq!(ended.status, StatusCode::NO_CONTENT);
    for server in [&one, &two] {
        server.get_as(&alice, "/v2/orders").await.is_problem(401);
        assert_eq!(server.get_as(&bob, "/v2/orders").await.status, StatusCode::OK);
    }
    // What runs beside the app signs somebody out by their subject.
    let issuer = "https://login.depot.example";
    revocations.revoke_subject(issuer, "bob", START + 1).await.expect("the ledger answers");
    for server in [&one, &two] {
        server.get_as(&bob, "/v2/orders").await.is_problem(401);
    }
}

// R19: a caller decides how long its body takes, and not what was revoked meanwhile.
#[tokio::test]
async fn what_is_revoked_while_a_body_arrives_is_refused() {
    let clock = Clock::manual(START);
    let (server, revocations) = machine(&clock, Memory::new(clock.clone())).await;
    let token = server.token("alice", &["customer"]);
    // The second time she is the one who is revoked.
    for (revoked, status) in [("bob", 202), ("alice", 401)] {
        let mut stream = TcpStream::connect(server.address).await.expect("a connection");
        let head = format!(
            "POST /v2/messages HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\nexpect: 100-continue\r\n\r\n",
            BODY.len()
        );
        stream.write_all(head.as_bytes()).await.expect("sent");
        // Whoever is asked for the body was let in.
        let mut asked = [0; ASKED.len()];
        stream.read_exact(&mut asked).await.expect("an interim answer");
        assert_eq!(asked, *ASKED);
        let issuer = "https://login.depot.example";
        revocations.revoke_subject(issuer, revoked, START).await.expect("the ledger answers");
        clock.advance(Duration::from_secs(1));
        stream.write_all(BODY.as_bytes()).await.expect("sent");
        let mut text = String::new();
        stream.read_to_string(&mut text).await.expect("an answer");
        assert!(text.starts_with(&format!("HTTP/1.1 {status} ")), "{text}");
    }
}

const ASKED: &[u8; 25] = b"HTTP/1.1 100 Continue\r\n\r\n";
const BODY: &str = r#"{"text":"late"}"#;

// R38: nobody is let in because nothing was remembered.
#[tokio::test]
async fn a_ledger_that_does_not_answer_lets_nobody_in() {
    let clock = Clock::manual(START);
    let (server, revocations) = machine(&clock, gone::whole()).await;
    let log = Log::capture();
    let token = server.token("alice", &["customer"]);
    server.get_as(&token, "/v2/orders").await.is_problem(503);
    assert!(log.text().contains("the connection was lost"), "{}", log.text());
    assert!(revocations.revoke_token("https://login.depot.example", "7", START).await.is_err());
    // Nobody knows how often an address called, either.
    server.get("/v2/orders").await.is_problem(503);
    assert_eq!(log.text().matches("the outage of the ledger begins").count(), 1, "{}", log.text());
}

// R38
#[tokio::test]
async fn a_ledger_that_leaves_something_out_lets_nobody_in() {
    let clock = Clock::manual(START);
    for left_out in [Operation::Revoked, Operation::Charge] {
        let ledger =
            Hooked::new(Memory::new(clock.clone()), move |asked| match asked == left_out {
                true => Fate::Shortened,
                false => Fate::Answered,
            });
        let (server, _) = machine(&clock, ledger).await;
        let token = server.token("alice", &["customer"]);
        server.get_as(&token, "/v2/orders").await.is_problem(503);
    }
}

#[test]
fn a_ledger_of_ones_own_has_a_secret_that_its_names_are_made_with() {
    let clock = Clock::manual(START);
    let codes = |app: AppBuilder| {
        let error = app.ledger(Memory::new(clock.clone())).build().expect_err("no secret");
        error.problems().iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    let app = || app(&stocked(), &clock);
    assert_eq!(codes(app()), ["SA130"]);
    assert_eq!(codes(app().secret(secure_api::testing::secret!([7; 31]))), ["SA718"]);
}
