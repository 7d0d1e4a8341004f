//! Answers with a place, and creation by those who may.

use reqwest::Method;

use super::{
    book, library_on,
    sample::{Book, Books},
    server_of,
};
use crate::support::{Log, TestServer, server::START};

// R35 R112: the rule is asked before anything is stored.
#[tokio::test]
async fn what_may_not_be_created_is_not_stored() {
    let log = Log::capture();
    let shelf = Books::default();
    let app = library_on(&shelf).build().expect("an app");
    let clock = secure_api::clock::Clock::manual(START);
    let server = TestServer::run(app, Default::default(), clock).await;
    let alice = server.token("alice", &["member"]);
    let create = |owner: &str| {
        let body = format!("{{\"owner\":\"{owner}\"}}");
        let (server, alice) = (&server, &alice);
        async move { server.send(Method::POST, Some(alice), "/v2/books", body).await }
    };
    let refused = create("bob").await;
    refused.is_problem(403);
    assert_eq!(shelf.things().len(), 0, "it was stored");
    let lines = log.lines_with(&["authz_fail", refused.header("x-request-id")]);
    assert_eq!(lines.len(), 1, "{lines:#?}");
    let created = create("alice").await;
    assert_eq!((created.status, created.header("location")), (201, &*book("v2", 77)));
    assert_eq!(shelf.things().len(), 1);
}

#[tokio::test]
async fn what_is_done_later_says_where_to_ask() {
    let server = server_of(&[Book::example("alice", 1, 900)]).await;
    let alice = server.token("alice", &["member"]);
    let path = format!("{}/copy", book("v3", 1));
    let accepted = server.request(Method::POST, &path).bearer_auth(&alice);
    let accepted = crate::support::Answer::of(accepted).await;
    assert_eq!((accepted.status, accepted.body.as_str()), (202, ""));
    assert_eq!(accepted.header("location"), book("v3", 1));
}
