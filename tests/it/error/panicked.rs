//! Handlers that panic: their request fails, and nothing else does, whatever they panic with.

use std::panic::panic_any;

use secure_api::{clock::Clock, prelude::*};

use crate::support::{Answer, Log, TestServer, server::START, token};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

/// Panics again where it is dropped.
struct Again;

impl Drop for Again {
    fn drop(&mut self) {
        panic!("again");
    }
}

/// Panics.
#[post("/panic", version = Version::V1.., role = Role::Member)]
async fn panics() -> Accepted {
    panic_any(Again)
}

/// Panics, in a task of its own.
#[post("/panic/once", version = Version::V1.., role = Role::Member, idempotency_key)]
async fn panics_once() -> Accepted {
    panic_any(Again)
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(panics, panics_once))]
struct Nerves;

// R109
#[tokio::test]
async fn a_panic_that_panics_again_is_answered_and_logged() {
    let log = Log::capture();
    let clock = Clock::manual(START);
    let app = Nerves::app().tokens(token::issuer()).clock(clock.clone()).build().expect("an app");
    let server = TestServer::run(app, Default::default(), clock).await;
    let token = server.token("mary", &["member"]);
    for path in ["/v1/panic", "/v1/panic/once", "/v1/panic"] {
        let request = server.request(reqwest::Method::POST, path).bearer_auth(&token);
        let answer = Answer::of(request.header("idempotency-key", "\"k\"")).await;
        answer.is_problem(500);
        let lines = log.lines_with(&[answer.header("x-request-id")]);
        let [line] = &lines[..] else { panic!("{lines:#?}") };
        assert!(line.contains("panicked"), "{line}");
    }
}
