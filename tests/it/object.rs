//! Objects: another's looks like a missing one, and nothing is loaded for a request that is refused anyway.

use reqwest::Method;

use crate::support::{
    Answer, Log, TestServer,
    model::Order,
    server::{ALICES, BOBS, order},
};

mod by_macro;
mod carts;
mod filled;
mod inside;
mod key;
mod owner;
mod parent;
mod reference;
mod tenant;
mod vault;

const NOBODYS: u128 = 0xC;

/// Returns alice's answer about an order, from a new server, so that counts are the same.
async fn told_alice(method: Method, number: u128, below: &str, body: &'static str) -> Answer {
    let server = TestServer::start().await;
    let token = server.token("alice", &["customer"]);
    let path = format!("{}{below}", order("v2", number));
    if body.is_empty() {
        return Answer::of(server.request(method, &path).bearer_auth(token)).await;
    }
    server.send(method, Some(&token), &path, body).await
}

/// Returns all that a caller can see, except what names this one answer.
fn visible(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let headers = answer.headers.iter().filter(|(name, _)| {
        ![reqwest::header::DATE.as_str(), "x-request-id"].contains(&name.as_str())
    });
    let text = |value: &reqwest::header::HeaderValue| value.to_str().expect("ASCII").to_owned();
    let headers = headers.map(|(name, value)| (name.to_string(), text(value))).collect();
    (answer.status, headers, answer.body.clone())
}

// R36
#[tokio::test]
async fn not_yours_is_byte_for_byte_not_there() {
    for (method, below, body) in [
        (Method::GET, "", ""),
        (Method::HEAD, "", ""),
        (Method::PATCH, "", r#"{"note":"mine now"}"#),
        (Method::PUT, "/note", r#"{"text":"mine now"}"#),
    ] {
        let bobs = told_alice(method.clone(), BOBS, below, body).await;
        let nobodys = told_alice(method.clone(), NOBODYS, below, body).await;
        assert_eq!(bobs.status, 404, "{method}");
        assert_eq!(visible(&bobs), visible(&nobodys), "{method}");
        if method != Method::HEAD {
            bobs.is_problem(404);
        }
        let hers = told_alice(method.clone(), ALICES, below, body).await;
        assert!([200, 204].contains(&hers.status), "{method}: {hers:#?}");
    }
}

// R36: so is what cannot be a key at all.
#[tokio::test]
async fn a_key_that_is_none_is_not_there() {
    let server = TestServer::start().await;
    let token = server.token("alice", &["customer"]);
    for key in ["1", "x", "%27%20or%201=1", "00000000-0000-0000-0000-00000000000a%20", "%00"] {
        let answer = server.get_as(&token, &format!("/v2/orders/{key}")).await;
        assert!([404, 400].contains(&answer.status), "{key}: {}", answer.status);
        answer.is_problem(answer.status);
    }
    assert_eq!(server.db.take_record(), [""; 0]);
}

// R39: refusals ask the store nothing, in the order in which they are decided.
#[tokio::test]
async fn nothing_is_loaded_before_caller_and_content_are_accepted() {
    let server = TestServer::start().await;
    let path = order("v2", ALICES);
    let (alice, auditor) =
        (server.token("alice", &["customer"]), server.token("alice", &["auditor"]));
    let patch = |token, body: &'static str| server.send(Method::PATCH, token, &path, body);
    let good = r#"{"note":"hello"}"#;

    patch(None, good).await.is_problem(401);
    patch(Some("nonsense"), good).await.is_problem(401);
    patch(Some(&auditor), good).await.is_problem(403);
    patch(Some(&alice), "{").await.is_problem(400);
    patch(Some(&alice), r#"{"note":7}"#).await.is_problem(422);
    let untyped = server.request(Method::PATCH, &path).bearer_auth(&alice).body(good);
    Answer::of(untyped).await.is_problem(415);
    assert_eq!(server.db.take_record(), [""; 0], "the store was asked too early");

    assert_eq!(patch(Some(&alice), good).await.status, 200);
    assert_eq!(server.db.take_record(), ["read order", "write order"]);
}

// R39: a stranger learns nothing of the rules that the content has to follow.
#[tokio::test]
async fn whose_it_is_decides_before_the_handler_runs() {
    let server = TestServer::start().await;
    let bob = server.token("bob", &["customer"]);
    let path = order("v2", ALICES);
    server.send(Method::PATCH, Some(&bob), &path, r#"{"note":"x"}"#).await.is_problem(404);
    assert_eq!(server.db.take_record(), ["read order"], "the handler wrote");
}

// R35: the rule is asked of each action: support reads every order, and removes, but does not change.
#[tokio::test]
async fn the_rule_is_asked_of_the_action() {
    let server = TestServer::start().await;
    let support = server.token("sam", &["support"]);
    let path = order("v2", ALICES);
    assert_eq!(server.get_as(&support, &path).await.status, 200);
    let change = server.send(Method::PATCH, Some(&support), &path, r#"{"note":"x"}"#).await;
    change.is_problem(404);
    let remove = || server.request(Method::DELETE, &path).bearer_auth(&support);
    assert_eq!(Answer::of(remove()).await.status, 204);
    // R112
    Answer::of(remove()).await.is_problem(404);
}

// R35: an object that takes the place of a permitted one is asked about again, and so is a new one.
#[tokio::test]
async fn a_proof_is_not_lent_to_another_object() {
    let server = TestServer::start().await;
    let alice = server.token("alice", &["customer"]);
    let post = |path: String| server.request(Method::POST, &path).bearer_auth(&alice);
    Answer::of(post(format!("{}/gift", order("v2", ALICES)))).await.is_problem(404);
    server.db.take_record();
    Answer::of(post("/v2/orders-for-others".to_owned())).await.is_problem(403);
    assert_eq!(server.db.take_record(), [""; 0], "the order was stored before its rule was asked");
}

// R35: a list has what is the caller's, and what a careless query finds besides is left out.
#[tokio::test]
async fn a_list_has_no_more_than_each_row_permits() {
    let log = Log::capture();
    let server = TestServer::start().await;
    let alice = server.token("alice", &["customer"]);
    let ids = |answer: Answer| {
        let document = answer.json();
        let items = document["items"].as_array().expect("items").clone();
        items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect::<Vec<_>>()
    };
    let hers = uuid::Uuid::from_u128(ALICES).to_string();
    assert_eq!(ids(server.get_as(&alice, "/v2/orders").await), vec![hers.clone()]);
    assert!(log.lines_with(&["a scoped query found rows"]).is_empty());
    assert_eq!(ids(server.get_as(&alice, "/v2/orders-of-all").await), vec![hers]);
    assert_eq!(log.lines_with(&["a scoped query found rows", "authz_fail", "rows=1"]).len(), 1);
    let support = server.token("sam", &["support"]);
    assert_eq!(ids(server.get_as(&support, "/v2/orders").await).len(), 2);
}

// R91
#[tokio::test]
async fn a_page_has_at_most_a_hundred() {
    let server = TestServer::start().await;
    server.db.put((1000..1150).map(|number| Order::example("alice", number)));
    let alice = server.token("alice", &["customer"]);
    let document = server.get_as(&alice, "/v2/orders").await.json();
    assert_eq!(document["items"].as_array().map(Vec::len), Some(100));
}

// R38: a store that does not answer is a denial, and its words stay here.
#[tokio::test]
async fn a_broken_store_is_503() {
    let log = Log::capture();
    let server = TestServer::start().await;
    let alice = server.token("alice", &["customer"]);
    server.db.break_down();
    for path in [order("v2", ALICES), order("v2", BOBS), "/v2/orders".to_owned()] {
        let answer = server.get_as(&alice, &path).await;
        answer.is_problem(503);
        assert_eq!(answer.header("retry-after"), "5");
        assert!(!answer.body.contains("SQLITE"), "{}", answer.body);
    }
    assert_eq!(log.lines_with(&["ERROR", "SQLITE_IOERR"]).len(), 3);
}
