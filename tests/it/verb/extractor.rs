//! Axum's own extractors, where a route says why it needs one.

use reqwest::Method;
use secure_api::{docs::openapi_json, inventory};
use serde_json::Value;

use crate::support::{Answer, TestServer, annex::Annex};

// What is allowed works, after the caller was admitted.
#[tokio::test]
async fn an_extractor_reads_what_nothing_else_gives() {
    let server = TestServer::annex().await;
    let token = server.token("alice", &["customer"]);
    let ask = |token: Option<&str>, shelf: &str| {
        let request = server.request(Method::GET, "/v2/header").header("x-shelf", shelf);
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        Answer::of(request)
    };
    assert_eq!(ask(Some(&token), "7").await.json()["count"], 7);
    ask(Some(&token), "seven").await.is_problem(404);
    ask(None, "7").await.is_problem(401);
    ask(Some(&server.token("eve", &[])), "7").await.is_problem(403);
}

// R72 R75: a refusal of axum's is a problem document too, and repeats nothing.
#[tokio::test]
async fn an_extractor_of_a_body_is_bounded_and_refuses_in_our_words() {
    let server = TestServer::annex().await;
    let token = server.token("alice", &["customer"]);
    let send = |body: &'static [u8]| {
        let request = server.request(Method::POST, "/v2/text").bearer_auth(&token);
        Answer::of(request.header("content-type", "text/plain").body(body))
    };
    assert_eq!(send(b"seventeen").await.json()["count"], 9);
    assert_eq!(send(b"sixteen letters.").await.json()["count"], 16);
    send(b"seventeen letters").await.is_problem(413);
    let refused = send(b"\xff\xfe").await;
    refused.is_problem(400);
    assert!(!refused.body.contains("UTF"), "{}", refused.body);
    let stranger = server.request(Method::POST, "/v2/text").body("seventeen letters");
    Answer::of(stranger).await.is_problem(401);
}

// R101 in part: the exception is listed with its reason, and in the document.
#[test]
fn exceptions_are_listed() {
    let text = inventory::routes(&Annex::API.model());
    assert!(text.contains("allow extractor: the scale sends plain text"), "{text}");
    let operations = Annex::API.model().operations;
    let excepted = operations.iter().filter(|operation| !operation.exceptions.is_empty());
    assert_eq!(excepted.map(|operation| &*operation.name).collect::<Vec<_>>(), ["header", "text"]);
    let text = openapi_json(&Annex::API.model(), "v2").expect("v2 is a version");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    let operation = &document["paths"]["/v2/text"]["post"];
    assert_eq!(operation["x-exceptions"][0]["rule"], "extractor");
    assert!(operation["requestBody"]["content"]["*/*"].is_object());
}
