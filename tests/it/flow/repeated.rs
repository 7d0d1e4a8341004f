//! Idempotency keys: requests that are sent again.

mod created;
mod cut;

use std::{collections::BTreeSet, time::Duration};

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    FAILED, PANICKED, REFUSED, SLOW, WELL, check_out,
    documented::{document, problems},
    hang_up, out_of_order,
    till::{self, ALICES_OTHER, start, start_with},
};
use crate::support::{
    Answer, TestServer,
    server::{ALICES, order},
};

pub(super) const KEY: &str = "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"";

async fn keyed(
    server: &TestServer,
    (method, token, path): (Method, &str, &str),
    key: &str,
    body: impl Into<reqwest::Body>,
) -> Answer {
    let request = server.request(method, path).bearer_auth(token);
    let request = request.header("idempotency-key", key);
    Answer::of(request.header("content-type", "application/json").body(body)).await
}

pub(super) async fn place(
    server: &TestServer,
    token: &str,
    key: &str,
    body: &'static str,
) -> Answer {
    keyed(server, (Method::POST, token, "/v2/orders"), key, body).await
}

async fn settle(server: &TestServer, token: &str, key: &str, body: &'static str) -> Answer {
    let path = format!("{}/settlement", order("v2", ALICES));
    keyed(server, (Method::POST, token, &path), key, body).await
}

#[track_caller]
pub(super) fn refused(answer: &Answer, status: u16, what: &str) {
    let document = answer.is_problem(status);
    assert_eq!(document["type"], format!("urn:problem-type:secure-api:idempotency-{what}"));
    assert!(!answer.body.contains("8e03978e"), "{answer:#?}");
}

// R116
#[tokio::test]
async fn a_request_without_a_key_is_refused() {
    let (server, desk) = start().await;
    let alice = server.token("alice", &["customer"]);
    let send = |token, body| server.send(Method::POST, token, "/v2/orders", body);
    refused(&send(Some(&*alice), WELL).await, 400, "key");
    // R39: whoever is not admitted learns nothing of it, and a body is not read for it.
    send(None, WELL).await.is_problem(401);
    refused(&send(Some(&*alice), "{").await, 400, "key");
    let long = format!("\"{}\"", "a".repeat(254));
    for key in ["", "8e03978e", "\"\"", "\"a", "\"a\", \"b\"", "\"a\";b", &long] {
        refused(&place(&server, &alice, key, WELL).await, 400, "key");
    }
    let request = server.request(Method::POST, "/v2/orders").bearer_auth(&alice);
    let twice = request.header("idempotency-key", KEY).header("idempotency-key", KEY);
    refused(&Answer::of(twice.body(WELL)).await, 400, "key");
    assert_eq!(desk.runs(), 0);
    assert_eq!(place(&server, &alice, &long.replace("aa", "a"), WELL).await.status, 201);
}

// R116
#[tokio::test]
async fn a_request_that_is_sent_again_has_the_same_answer() {
    let (server, desk) = start().await;
    let alice = server.token("alice", &["customer"]);
    let first = place(&server, &alice, KEY, WELL).await;
    assert_eq!(first.status, 201);
    assert!(first.maybe_header("idempotency-replayed").is_none());
    let again = place(&server, &alice, KEY, WELL).await;
    assert_eq!((again.status, &again.body), (201, &first.body));
    for name in ["location", "content-type"] {
        assert_eq!(again.header(name), first.header(name));
    }
    assert_eq!(again.header("idempotency-replayed"), "true");
    again.has_security_headers();
    assert_ne!(again.header("x-request-id"), first.header("x-request-id"));
    assert_eq!(desk.runs(), 1);
    // Another key is another request.
    let other = place(&server, &alice, "\"other\"", WELL).await;
    assert_eq!((other.status, desk.runs()), (201, 2));
    assert_ne!(other.header("location"), first.header("location"));
}

// R116
#[tokio::test]
async fn a_key_is_of_one_request() {
    let (server, desk) = start().await;
    let alice = server.token("alice", &["customer"]);
    assert_eq!(place(&server, &alice, KEY, WELL).await.status, 201);
    refused(&place(&server, &alice, KEY, r#"{"way":"well","note":"x"}"#).await, 422, "mismatch");
    // R64: an old version is no second try.
    let other_version = (Method::POST, &*alice, "/v1/orders");
    refused(&keyed(&server, other_version, KEY, WELL).await, 422, "mismatch");
    assert_eq!(desk.runs(), 1);
    let (one, other) = (order("v2", ALICES), order("v2", ALICES_OTHER));
    assert_eq!(keyed(&server, (Method::PATCH, &alice, &one), KEY, WELL).await.status, 200);
    refused(&keyed(&server, (Method::PATCH, &alice, &other), KEY, WELL).await, 422, "mismatch");
    assert_eq!(desk.runs(), 2);
}

// R116 R37: a key means something together with its caller only.
#[tokio::test]
async fn a_key_is_of_one_caller() {
    let (server, desk) = start().await;
    let alice = server.token("alice", &["customer"]);
    let bob = server.token("bob", &["customer"]);
    let namesake = till::elsewhere("alice", &["customer"], &server.clock);
    let mut seen = BTreeSet::new();
    for token in [&alice, &bob, &namesake] {
        let answer = place(&server, token, KEY, WELL).await;
        assert_eq!(answer.status, 201);
        assert!(answer.maybe_header("idempotency-replayed").is_none());
        seen.insert(answer.header("location").to_owned());
    }
    assert_eq!((seen.len(), desk.runs()), (3, 3));
}

// R116
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_at_once_one_is_carried_out() {
    let (server, desk) = start().await;
    let alice = server.token("alice", &["customer"]);
    for round in 1..=5 {
        let key = format!("\"round {round}\"");
        let sent = (0..24).map(|_| place(&server, &alice, &key, SLOW));
        let sent = futures_util::future::join_all(sent);
        let (answers, ()) = tokio::join!(sent, desk.let_all_go(round));
        let mut locations = BTreeSet::new();
        for answer in answers {
            match answer.status {
                201 => {
                    locations.insert(answer.header("location").to_owned());
                }
                _ => refused(&answer, 409, "in-flight"),
            }
        }
        assert_eq!((locations.len(), desk.runs()), (1, round));
    }
}

// R116: a caller who did not hear the answer asks again and gets it.
#[tokio::test]
async fn a_caller_who_hangs_up_can_ask_again() {
    let (server, desk) = start().await;
    let alice = server.token("alice", &["customer"]);
    let header = format!("idempotency-key: {KEY}\r\n");
    hang_up(&server, &alice, "/v2/orders", &header, &desk).await;
    refused(&place(&server, &alice, KEY, SLOW).await, 409, "in-flight");
    desk.let_go();
    desk.finished(1).await;
    let again = place(&server, &alice, KEY, SLOW).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (201, "true"));
    assert_eq!(desk.runs(), 1);
}

// R116: what the server failed at is not an answer; what it refused is.
#[tokio::test]
async fn failures_are_not_kept_and_refusals_are() {
    let deadline = |app: secure_api::app::AppBuilder| app.deadline(Duration::from_millis(300));
    let (server, desk) = start_with(deadline).await;
    let alice = server.token("alice", &["customer"]);
    for (key, body, status) in [("\"f\"", FAILED, 500), ("\"p\"", PANICKED, 500)] {
        let before = desk.runs();
        for _ in 0..2 {
            place(&server, &alice, key, body).await.is_problem(status);
        }
        assert_eq!(desk.runs(), before + 2, "{body}");
    }
    let before = desk.runs();
    let first = place(&server, &alice, KEY, REFUSED).await;
    let again = place(&server, &alice, KEY, REFUSED).await;
    first.is_problem(409);
    assert_eq!(again.is_problem(409), first.json());
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(desk.runs(), before + 1);
    // What never reached the handler is not kept either.
    place(&server, &alice, "\"n\"", "{}").await.is_problem(422);
    assert_eq!(place(&server, &alice, "\"n\"", WELL).await.status, 201);
}

// R116: the time that is published.
#[tokio::test]
async fn a_key_is_remembered_for_a_day() {
    let (server, desk) = start().await;
    let day = secure_api::flow::KEY_TTL;
    let place = async || {
        let alice = server.token("alice", &["customer"]);
        place(&server, &alice, KEY, WELL).await
    };
    assert_eq!(place().await.status, 201);
    server.clock.advance(day - Duration::from_secs(1));
    assert_eq!(place().await.header("idempotency-replayed"), "true");
    server.clock.advance(Duration::from_secs(1));
    assert!(place().await.maybe_header("idempotency-replayed").is_none());
    assert_eq!(desk.runs(), 2);
}

// R104 R116: an answer is repeated to whom it may still be shown, and as they would see it now.
#[tokio::test]
async fn an_answer_is_not_repeated_to_a_caller_who_may_see_less() {
    let (server, desk) = start().await;
    let root = server.token("alice", &["admin"]);
    let alice = server.token("alice", &["customer"]);
    let path = order("v2", ALICES);
    let change = |token, key| keyed(&server, (Method::PATCH, token, &path), key, WELL);
    let first = change(&root, "\"root\"").await;
    assert!(first.body.contains("margin"), "{first:#?}");
    refused(&change(&alice, "\"root\"").await, 409, "done");
    assert_eq!(change(&root, "\"root\"").await.body, first.body);
    assert_eq!(desk.runs(), 1);

    // The object of the path is permitted again, too.
    assert_eq!(change(&alice, KEY).await.status, 200);
    server.db.put([crate::support::model::Order::example("bob", ALICES)]);
    change(&alice, KEY).await.is_problem(404);
    assert_eq!(desk.runs(), 2);
}

// An answer that is too large to keep is known to have been, and the request is not carried out again.
#[tokio::test]
async fn an_answer_too_large_to_keep_is_not_made_again() {
    let (server, desk) = start_with(|app| app.body_limit(1 << 20)).await;
    let alice = server.token("alice", &["customer"]);
    // One character of the note is six bytes in JSON that escapes it.
    let note = "&".repeat(60_000);
    let body = json!({ "way": "well", "note": note }).to_string();
    let send =
        |method, path: &'static str| keyed(&server, (method, &*alice, path), KEY, body.clone());
    let path = order("v2", ALICES).leak();
    let first = send(Method::PATCH, path).await;
    assert_eq!(first.status, 200);
    assert!(first.body.len() > 256 * 1024, "{}", first.body.len());
    refused(&send(Method::PATCH, path).await, 409, "done");
    assert_eq!(desk.runs(), 1);
    // Of what was created the key alone is kept, however large it is.
    let created = send(Method::POST, "/v2/orders").await;
    assert_eq!(send(Method::POST, "/v2/orders").await.body, created.body);
    assert_eq!(desk.runs(), 2);
}

// R70 R116: a repeated final is the final that was; its step was used up, once.
#[tokio::test]
async fn a_final_that_is_sent_again_has_its_answer() {
    let (server, desk) = start().await;
    let alice = server.token("alice", &["customer"]);
    out_of_order(&settle(&server, &alice, KEY, WELL).await);
    check_out(&server, &alice, "v2", ALICES).await;
    // Nothing was kept of the refusal.
    let first = settle(&server, &alice, KEY, WELL).await;
    assert_eq!(first.status, 200);
    let again = settle(&server, &alice, KEY, WELL).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (200, "true"));
    out_of_order(&settle(&server, &alice, "\"other\"", WELL).await);
    assert_eq!(desk.runs(), 1);
}

// R118 R116: what is enforced is documented, with the time that a key is remembered.
#[test]
fn the_document_says_what_a_key_is() {
    let document = document();
    let operation = &document["paths"]["/v2/orders"]["post"];
    let parameters = operation["parameters"].as_array().expect("parameters");
    let header: Vec<&Value> =
        parameters.iter().filter(|parameter| parameter["name"] == "Idempotency-Key").collect();
    let [header] = &header[..] else { panic!("{parameters:#?}") };
    assert_eq!((&header["in"], &header["required"]), (&json!("header"), &json!(true)));
    assert_eq!(header["schema"]["maxLength"], 255);
    assert_eq!(operation["x-idempotency-key"], json!({ "ttlSeconds": 86400 }));
    for (status, wanted) in [
        ("400", "idempotency-key"),
        ("409", "idempotency-in-flight"),
        ("409", "idempotency-done"),
        ("409", "idempotency-undecided"),
        ("422", "idempotency-mismatch"),
    ] {
        let problems = problems(&document, operation, status);
        assert!(problems.contains(&wanted.to_owned()), "{status}: {problems:?}");
    }
    assert!(operation["responses"]["201"]["headers"]["Idempotency-Replayed"].is_object());
    let plain = &document["paths"]["/v2/orders/{order}/checkout"]["post"];
    let parameters = plain["parameters"].as_array().expect("parameters");
    let keyed = parameters.iter().any(|parameter| parameter["name"] == "Idempotency-Key");
    assert!(!keyed, "{parameters:#?}");
}
