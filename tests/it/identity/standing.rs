//! The standing of callers from outside: accounts that are gone, or have fewer roles than their credentials say.

mod office;

use reqwest::Method;
use secure_api::{inventory, prelude::*};

use self::office::{Book, Says, office, open, server, status};
use crate::support::{Answer, Log, TestServer, server::START};

// R19: who is gone is out, and is told what anybody is whose token was taken back.
#[tokio::test]
async fn an_account_that_is_gone_is_out_within_seconds() {
    let (server, book) = open().await;
    let token = server.token("alice", &["customer"]);
    assert_eq!(status(&server, &token, "/v1/customer").await, 200);
    book.set("alice", Says::Gone);
    // What was said a moment ago counts for five seconds.
    assert_eq!(status(&server, &token, "/v1/customer").await, 200);
    server.clock.advance(Duration::from_secs(5));
    let log = Log::capture();
    let gone = server.get_as(&token, "/v1/customer").await;
    gone.is_problem(401);
    assert!(!log.lines_with(&["the account is gone"]).is_empty(), "{}", log.text());
    // The token of somebody else, who signed out.
    let other = server.token("bob", &["customer"]);
    let ended = server.send(Method::DELETE, Some(&other), "/v1/token", "").await;
    assert_eq!(ended.status, 204);
    let revoked = server.get_as(&other, "/v1/customer").await;
    assert_eq!((gone.status, &gone.body), (revoked.status, &revoked.body));
    assert_eq!(gone.header("www-authenticate"), revoked.header("www-authenticate"));
    // Also where nobody has to say who is calling, and who comes back is let in again.
    assert_eq!(status(&server, &token, "/v1/notice").await, 401);
    assert_eq!(server.get("/v1/notice").await.status, 200);
    book.set("alice", Says::Is(&["customer"]));
    server.clock.advance(Duration::from_secs(5));
    assert_eq!(status(&server, &token, "/v1/customer").await, 200);
}

// R33: roles and what they include are compared by the one rule that holds elsewhere.
#[tokio::test]
async fn a_caller_has_the_roles_that_token_and_account_have() {
    let (server, book) = open().await;
    let paths = ["/v1/customer", "/v1/support", "/v1/count", "/v1/admin"];
    for (subject, said, account, wanted) in [
        ("as-before", &["admin"][..], Says::Unchanged, [200, 200, 200, 200]),
        ("the-same", &["admin"], Says::Is(&["admin"]), [200, 200, 200, 200]),
        ("fewer", &["admin"], Says::Is(&["support"]), [200, 200, 403, 403]),
        ("more", &["support"], Says::Is(&["admin"]), [200, 200, 403, 403]),
        // What both include is left.
        ("beside", &["support"], Says::Is(&["warehouse"]), [200, 403, 403, 403]),
        ("apart", &["admin"], Says::Is(&["auditor"]), [403, 403, 403, 403]),
        ("two", &["admin", "auditor"], Says::Is(&["auditor"]), [403, 403, 200, 403]),
        ("none", &["admin"], Says::Is(&[]), [403, 403, 403, 403]),
        ("unknown", &["admin"], Says::Is(&["janitor"]), [403, 403, 403, 403]),
    ] {
        book.set(subject, account);
        let token = server.token(subject, said);
        for (path, wanted) in paths.into_iter().zip(wanted) {
            assert_eq!(status(&server, &token, path).await, wanted, "{subject} at {path}");
        }
    }
}

// R38: whom nobody can tell about is let in nowhere.
#[tokio::test]
async fn a_hook_that_cannot_tell_lets_nobody_in() {
    let (server, book) = open().await;
    let log = Log::capture();
    for says in [Says::Fails, Says::Panics] {
        book.set("alice", says);
        let token = server.token("alice", &["customer"]);
        for path in ["/v1/customer", "/v1/notice"] {
            let refused = server.get_as(&token, path).await;
            refused.is_problem(503);
            assert!(!refused.body.contains("accounts"), "{}", refused.body);
        }
    }
    assert!(!log.lines_with(&["the accounts do not answer"]).is_empty(), "{}", log.text());
    // It is asked again, and not remembered.
    book.set("alice", Says::Unchanged);
    let token = server.token("alice", &["customer"]);
    assert_eq!(status(&server, &token, "/v1/customer").await, 200);
}

#[tokio::test]
async fn a_hook_that_does_not_end_lets_nobody_in() {
    let book = Book::default();
    let clock = Clock::manual(START);
    let app = office(book.hook()).deadline(Duration::from_millis(300)).clock(clock.clone());
    let app = app.build().expect("an app that starts");
    let server = TestServer::run(app, Default::default(), clock).await;
    book.set("alice", Says::Sleeps);
    let token = server.token("alice", &["customer"]);
    server.get_as(&token, "/v1/customer").await.is_problem(503);
}

#[tokio::test]
async fn a_hook_is_asked_once_in_a_while() {
    let (server, book) = open().await;
    let token = server.token("alice", &["customer"]);
    // All at once: one of them asks.
    let all = (0..20).map(|_| server.get_as(&token, "/v1/customer"));
    for answer in futures_util::future::join_all(all).await {
        assert_eq!(answer.status, 200);
    }
    assert_eq!(book.asked(), 1);
    // Another token of the same caller is no other caller, and another caller is.
    server.clock.advance(Duration::from_millis(4900));
    assert_eq!(status(&server, &server.token("alice", &["customer"]), "/v1/customer").await, 200);
    assert_eq!(book.asked(), 1);
    assert_eq!(status(&server, &server.token("bob", &["customer"]), "/v1/customer").await, 200);
    assert_eq!(book.asked(), 2);
    server.clock.advance(Duration::from_millis(100));
    assert_eq!(status(&server, &token, "/v1/customer").await, 200);
    assert_eq!(book.asked(), 3);
    // Credentials that do not hold are nobody's, and no credentials are.
    assert_eq!(status(&server, "no.such.token", "/v1/customer").await, 401);
    assert_eq!(server.get("/v1/customer").await.status, 401);
    assert_eq!(server.get("/v1/notice").await.status, 200);
    assert_eq!(book.asked(), 3);
}

#[tokio::test]
async fn no_time_asks_for_each_request() {
    let book = Book::default();
    let server = server(book.hook().remembered(Duration::ZERO)).await;
    let token = server.token("alice", &["customer"]);
    for times in 1..4 {
        assert_eq!(status(&server, &token, "/v1/customer").await, 200);
        assert_eq!(book.asked(), times);
    }
}

// R19: revocation comes first, and what was remembered before it is forgotten.
#[tokio::test]
async fn a_revocation_makes_the_hook_be_asked_again() {
    let (server, book) = open().await;
    let token = server.token("alice", &["admin"]);
    assert_eq!(status(&server, &token, "/v1/admin").await, 200);
    assert_eq!(book.asked(), 1);
    let ended = server.send(Method::DELETE, Some(&token), "/v1/credentials", "").await;
    assert_eq!((ended.status, book.asked()), (204, 1));
    book.set("alice", Says::Is(&["customer"]));
    // Signed in again in the next second, long before five are over.
    server.clock.advance(Duration::from_secs(1));
    let again = server.token("alice", &["admin"]);
    assert_eq!(status(&server, &again, "/v1/admin").await, 403);
    assert_eq!(book.asked(), 2);
    // The answer is remembered as any other is.
    assert_eq!(status(&server, &again, "/v1/customer").await, 200);
    assert_eq!(book.asked(), 2);
    // Of a token that was taken back nobody asks.
    let ended = server.send(Method::DELETE, Some(&again), "/v1/token", "").await;
    assert_eq!(ended.status, 204);
    server.clock.advance(Duration::from_secs(60));
    assert_eq!(status(&server, &again, "/v1/customer").await, 401);
    assert_eq!(book.asked(), 2);
}

#[tokio::test]
async fn each_source_of_identity_is_asked_about() {
    let (server, book) = open().await;
    let badge = || {
        let request = server.request(Method::GET, "/v1/customer").header("x-badge", "7");
        Answer::of(request)
    };
    assert_eq!(badge().await.status, 200);
    book.set("badge-7", Says::Gone);
    server.clock.advance(Duration::from_secs(5));
    let gone = badge().await;
    gone.is_problem(401);
    assert_eq!(gone.header("www-authenticate"), "Badge realm=\"api\", error=\"invalid_token\"");
    assert_eq!(book.asked(), 2);
}

// R102 in part: a review sees that accounts are asked about, and how late.
#[test]
fn the_inventory_tells_of_it_and_a_long_memory_does_not_start() {
    let book = Book::default();
    let app = office(book.hook().remembered(Duration::from_millis(2500)));
    let table = inventory::routes(&app.model());
    assert!(table.contains("\nstanding of accounts remembered for 2.5s\n"), "{table}");
    let app = office(book.hook().remembered(Duration::from_secs(301)));
    let error = app.build().expect_err("it does not start");
    let codes: Vec<_> = error.problems().iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["SA126"]);
    assert!(office(book.hook().remembered(Duration::from_secs(300))).build().is_ok());
}
