//! The order of calls: steps that come after steps, each used once.

mod begun;
mod desk;
mod documented;
mod machines;
mod redis;
mod repeated;
mod till;

use std::time::Duration;

use reqwest::Method;
use secure_api::{docs::openapi_json, inventory};
use serde_json::{Value, json};

use crate::support::{
    Answer, Log, TestServer,
    client::raw_text,
    server::{ALICES, BOBS, order},
};
use desk::Desk;
use till::{ALICES_OTHER, Till, start, start_with};

const OUT_OF_ORDER: &str = "urn:problem-type:secure-api:out-of-order";

async fn post(server: &TestServer, token: &str, path: &str, body: &'static str) -> Answer {
    server.send(Method::POST, Some(token), path, body).await
}

async fn check_out(server: &TestServer, token: &str, version: &str, number: u128) {
    let path = format!("{}/checkout", order(version, number));
    let answer = Answer::of(server.request(Method::POST, &path).bearer_auth(token)).await;
    assert_eq!(answer.status, 200, "{answer:#?}");
}

async fn pay(server: &TestServer, token: &str, number: u128, way: &'static str) -> Answer {
    post(server, token, &format!("{}/payment", order("v2", number)), way).await
}

const WELL: &str = r#"{"way":"well"}"#;
const REFUSED: &str = r#"{"way":"refused"}"#;
const FAILED: &str = r#"{"way":"failed"}"#;
const PANICKED: &str = r#"{"way":"panicked"}"#;
const SLOW: &str = r#"{"way":"slow"}"#;

#[track_caller]
fn out_of_order(answer: &Answer) {
    assert_eq!(answer.is_problem(409)["type"], OUT_OF_ORDER, "{answer:#?}");
}

// R68
#[tokio::test]
async fn a_step_without_the_one_before_has_no_effect() {
    let log = Log::capture();
    let (server, desk) = start().await;
    let alice = server.token("alice", &["customer"]);
    let refused = pay(&server, &alice, ALICES, WELL).await;
    out_of_order(&refused);
    assert_eq!(desk.runs(), 0);
    assert!(!server.db.take_record().contains(&"write order"));
    let lines = log.lines_with(&[refused.header("x-request-id")]);
    let [line] = &lines[..] else { panic!("{lines:#?}") };
    for part in ["event=\"sequence_fail\"", "operation=\"pay\"", "WARN secure_api::security"] {
        assert!(line.contains(part), "no {part} in {line}");
    }

    check_out(&server, &alice, "v2", ALICES).await;
    assert_eq!(pay(&server, &alice, ALICES, WELL).await.status, 200);
    assert_eq!(desk.runs(), 1);
}

// R68: it is the same caller, and the same object.
#[tokio::test]
async fn a_step_is_of_one_caller_on_one_object() {
    let (server, desk) = start().await;
    let alice = server.token("alice", &["customer"]);
    let root = server.token("root", &["admin"]);
    check_out(&server, &alice, "v2", ALICES).await;
    out_of_order(&pay(&server, &alice, ALICES_OTHER, WELL).await);
    // An admin may pay for anybody, after an own checkout only.
    out_of_order(&pay(&server, &root, ALICES, WELL).await);
    check_out(&server, &root, "v2", BOBS).await;
    out_of_order(&pay(&server, &root, ALICES, WELL).await);
    // Somebody of the same name at another issuer is somebody else, also to whom the rule admits.
    let namesake = till::elsewhere("alice", &["admin"], &server.clock);
    out_of_order(&pay(&server, &namesake, ALICES, WELL).await);
    assert_eq!(desk.runs(), 0);
    assert_eq!(pay(&server, &alice, ALICES, WELL).await.status, 200);
    assert_eq!(pay(&server, &root, BOBS, WELL).await.status, 200);
}

// R36: whoever may not know of the object learns nothing of its state.
#[tokio::test]
async fn a_strangers_object_is_not_there_rather_than_out_of_order() {
    let (server, _) = start().await;
    let alice = server.token("alice", &["customer"]);
    pay(&server, &alice, BOBS, WELL).await.is_problem(404);
    pay(&server, &alice, 0xFFFF, WELL).await.is_problem(404);
    let invalid = pay(&server, &alice, ALICES, "{}").await;
    invalid.is_problem(422);
}

// R64: the versions of an operation are one operation.
#[tokio::test]
async fn a_step_counts_across_versions() {
    let (server, _) = start().await;
    let alice = server.token("alice", &["customer"]);
    check_out(&server, &alice, "v1", ALICES).await;
    assert_eq!(pay(&server, &alice, ALICES, WELL).await.status, 200);
}

// The one text that a key has is what counts, not how the path spelled it.
#[tokio::test]
async fn an_object_has_one_key_however_it_is_spelled() {
    let (server, _) = start().await;
    let alice = server.token("alice", &["customer"]);
    check_out(&server, &alice, "v2", ALICES).await;
    let spelled = format!("{}/payment", order("v2", ALICES).replace("00000000-", "%300000000-"));
    assert_eq!(post(&server, &alice, &spelled, WELL).await.status, 200);
    out_of_order(&pay(&server, &alice, ALICES, WELL).await);
}

// R70
#[tokio::test]
async fn a_step_is_used_up_by_one_success() {
    let (server, desk) = start().await;
    let alice = server.token("alice", &["customer"]);
    check_out(&server, &alice, "v2", ALICES).await;
    assert_eq!(pay(&server, &alice, ALICES, WELL).await.status, 200);
    out_of_order(&pay(&server, &alice, ALICES, WELL).await);
    assert_eq!(desk.runs(), 1);
    check_out(&server, &alice, "v2", ALICES).await;
    assert_eq!(pay(&server, &alice, ALICES, WELL).await.status, 200);
}

// R70
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_finals_at_once_one_wins() {
    let (server, desk) = start().await;
    let alice = server.token("alice", &["customer"]);
    for round in 1..=5 {
        check_out(&server, &alice, "v2", ALICES).await;
        let finals = (0..24).map(|_| pay(&server, &alice, ALICES, SLOW));
        let finals = futures_util::future::join_all(finals);
        let (answers, ()) = tokio::join!(finals, desk.let_all_go(round));
        let won = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(won, 1, "{:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>());
        for answer in answers.iter().filter(|answer| answer.status != 200) {
            out_of_order(answer);
        }
        assert_eq!(desk.runs(), round);
    }
}

// R70: what was not done is not used up.
#[tokio::test]
async fn a_handler_that_fails_gives_the_step_back() {
    let deadline = |app: secure_api::app::AppBuilder| app.deadline(Duration::from_millis(300));
    let (server, desk) = start_with(deadline).await;
    let alice = server.token("alice", &["customer"]);
    check_out(&server, &alice, "v2", ALICES).await;
    for (way, status) in [(REFUSED, 409), (FAILED, 500), (PANICKED, 500)] {
        let answer = pay(&server, &alice, ALICES, way).await;
        let document = answer.is_problem(status);
        assert_ne!(document["type"], OUT_OF_ORDER, "{way}");
    }
    assert_eq!(desk.runs(), 3);
    assert_eq!(pay(&server, &alice, ALICES, WELL).await.status, 200);
    out_of_order(&pay(&server, &alice, ALICES, WELL).await);
}

// R70: nobody knows how far a handler came that was cut, so nothing is done twice for one step.
#[tokio::test]
async fn a_handler_that_is_cut_has_used_the_step_up() {
    let deadline = |app: secure_api::app::AppBuilder| app.deadline(Duration::from_millis(300));
    let (server, desk) = start_with(deadline).await;
    let alice = server.token("alice", &["customer"]);
    check_out(&server, &alice, "v2", ALICES).await;
    pay(&server, &alice, ALICES, SLOW).await.is_problem(503);
    out_of_order(&pay(&server, &alice, ALICES, WELL).await);
    assert_eq!(desk.runs(), 1);
    check_out(&server, &alice, "v2", ALICES).await;
    assert_eq!(pay(&server, &alice, ALICES, WELL).await.status, 200);
}

// A step that failed is no step.
#[tokio::test]
async fn what_did_not_succeed_is_not_done() {
    let (server, _) = start().await;
    let alice = server.token("alice", &["customer"]);
    let confirm = || {
        post(&server, &alice, "/v2/orders/00000000-0000-0000-0000-00000000000a/confirmation", WELL)
    };
    check_out(&server, &alice, "v2", ALICES).await;
    pay(&server, &alice, ALICES, REFUSED).await.is_problem(409);
    server.clock.advance(Duration::from_secs(10));
    out_of_order(&confirm().await);
}

// R71
#[tokio::test]
async fn a_step_counts_for_a_time() {
    let (server, _) = start().await;
    let alice = server.token("alice", &["customer"]);
    check_out(&server, &alice, "v2", ALICES).await;
    server.clock.advance(Duration::from_secs(60));
    out_of_order(&pay(&server, &alice, ALICES, WELL).await);
    check_out(&server, &alice, "v2", ALICES).await;
    server.clock.advance(Duration::from_secs(59));
    // A failure does not lengthen it.
    pay(&server, &alice, ALICES, REFUSED).await.is_problem(409);
    server.clock.advance(Duration::from_secs(1));
    out_of_order(&pay(&server, &alice, ALICES, WELL).await);
}

// R71: nobody reads what is to be confirmed in less.
#[tokio::test]
async fn a_step_may_take_its_time_to_count() {
    let (server, _) = start().await;
    let alice = server.token("alice", &["customer"]);
    let path = format!("{}/confirmation", order("v2", ALICES));
    check_out(&server, &alice, "v2", ALICES).await;
    assert_eq!(pay(&server, &alice, ALICES, WELL).await.status, 200);
    server.clock.advance(Duration::from_secs(4));
    out_of_order(&post(&server, &alice, &path, WELL).await);
    server.clock.advance(Duration::from_secs(1));
    assert_eq!(post(&server, &alice, &path, WELL).await.status, 200);
    out_of_order(&post(&server, &alice, &path, WELL).await);
}

// Without an object it is the caller alone; and the headers of terms are not the terms.
#[tokio::test]
async fn what_is_about_no_object_is_bound_to_the_caller() {
    let (server, _) = start().await;
    let alice = server.token("alice", &["customer"]);
    let bob = server.token("bob", &["customer"]);
    let accept = |token| {
        let request = server.request(Method::POST, "/v2/terms/acceptance").bearer_auth(token);
        Answer::of(request)
    };
    let head = server.request(Method::HEAD, "/v2/terms").bearer_auth(&alice);
    assert_eq!(Answer::of(head).await.status, 200);
    out_of_order(&accept(&alice).await);
    assert_eq!(server.get_as(&alice, "/v2/terms").await.status, 200);
    out_of_order(&accept(&bob).await);
    assert_eq!(accept(&alice).await.status, 202);
    out_of_order(&accept(&alice).await);
}

// R68
#[tokio::test]
async fn what_was_not_modified_is_a_step_and_head_uses_none_up() {
    let (server, _desk) = start().await;
    let alice = server.token("alice", &["customer"]);
    let ask = async |method: Method, path: &str, tag: &str| {
        let request = server.request(method, path).bearer_auth(&alice);
        Answer::of(request.header("if-none-match", tag)).await
    };
    let terms = ask(Method::GET, "/v2/terms", "\"-\"").await;
    let tag = terms.header("etag").to_owned();
    assert_eq!(ask(Method::GET, "/v2/terms/copy", "\"-\"").await.status, 200);
    out_of_order(&ask(Method::GET, "/v2/terms/copy", "\"-\"").await);

    // Read again, by a caller that has them.
    assert_eq!(ask(Method::GET, "/v2/terms", &tag).await.status, 304);
    for _ in 0..2 {
        assert_eq!(ask(Method::HEAD, "/v2/terms/copy", "\"-\"").await.status, 200);
    }
    assert_eq!(ask(Method::GET, "/v2/terms/copy", &tag).await.status, 304);
    assert_eq!(ask(Method::HEAD, "/v2/terms/copy", "\"-\"").await.status, 409);
}

// R70: what a caller began is carried out and counted, whether or not the caller waits for it.
#[tokio::test]
async fn a_caller_who_hangs_up_has_used_the_step() {
    let (server, desk) = start().await;
    let alice = server.token("alice", &["customer"]);
    check_out(&server, &alice, "v2", ALICES).await;
    hang_up(&server, &alice, &format!("{}/payment", order("v2", ALICES)), "", &desk).await;
    out_of_order(&pay(&server, &alice, ALICES, WELL).await);
    desk.let_go();
    desk.finished(1).await;
    out_of_order(&pay(&server, &alice, ALICES, WELL).await);
    assert_eq!(desk.runs(), 1);
}

/// Sends a slow request and closes the connection once its handler runs.
async fn hang_up(server: &TestServer, token: &str, path: &str, headers: &str, desk: &Desk) {
    let host = server.address;
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\n{headers}\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{SLOW}",
        SLOW.len()
    );
    tokio::select! {
        text = raw_text(host, request) => panic!("it was answered: {text}"),
        () = desk.begun(1) => {}
    }
}
