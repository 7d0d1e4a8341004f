//! Bounds that an operation states for itself: how large a body, and how long an answer may take.

use std::time::{Duration, Instant};

use reqwest::Method;
use secure_api::{docs::openapi_json, inventory};
use serde_json::Value;

use crate::support::{Answer, TestServer, annex::Annex};

/// Returns a body of so many bytes.
fn body(bytes: usize) -> String {
    let text = r#"{"text":"hello"}"#;
    text.to_owned() + &" ".repeat(bytes - text.len())
}

// R82: an operation's own bound, tighter or wider than the app's, to the byte.
#[tokio::test]
async fn a_body_is_bounded_by_its_operation() {
    let server = TestServer::annex_with(|app| app.body_limit(1000)).await;
    let token = server.token("alice", &["customer"]);
    for (method, path, most, status) in [
        (Method::POST, "/v2/little", 32, 202),
        (Method::PUT, "/v2/much", 100 * 1024, 204),
        // The app's.
        (Method::POST, "/v2/sign-in", 1000, 202),
    ] {
        let send = |bytes| server.send(method.clone(), Some(&*token), path, body(bytes));
        assert_eq!(send(most).await.status, status, "{path}");
        send(most + 1).await.is_problem(413);
    }
}

// A deadline of its own, shorter or longer than the app's.
#[tokio::test]
async fn an_answer_has_its_operations_time() {
    let server = TestServer::annex().await;
    let token = server.token("alice", &["customer"]);
    let start = Instant::now();
    let answer = server.get_as(&token, "/v2/slow").await;
    answer.is_problem(503);
    assert_eq!(answer.header("retry-after"), "5");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    // Longer than the app's is possible too.
    let server = TestServer::annex_with(|app| app.deadline(Duration::from_millis(1))).await;
    let start = Instant::now();
    let token = server.token("alice", &["customer"]);
    Answer::of(server.request(Method::GET, "/v2/slow").bearer_auth(&token)).await.is_problem(503);
    assert!(start.elapsed() >= Duration::from_millis(60));
}

// R118
// R101 in part
#[test]
fn own_bounds_are_listed() {
    let operations = Annex::API.model().operations;
    let own = |name: &str| operations.iter().find(|one| one.name == name).expect("listed");
    assert_eq!(own("little").body_limit, Some(32));
    assert_eq!(own("slow").timeout_seconds, Some(0.06));
    assert_eq!((own("tiers").body_limit, own("tiers").timeout_seconds), (None, None));
    let text = inventory::routes(&Annex::API.model());
    assert!(text.contains("body 102400 bytes") && text.contains("timeout 0.06s"), "{text}");
    let text = openapi_json(&Annex::API.model(), "v2").expect("v2 is a version");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(document["paths"]["/v2/little"]["post"]["x-body-limit"], 32);
    assert_eq!(document["paths"]["/v2/slow"]["get"]["x-timeout-seconds"], 0.06);
}
