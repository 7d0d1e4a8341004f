//! Routes that take credentials: few guesses of one address, whoever it says it is.

use reqwest::Method;
use secure_api::{docs::openapi_json, inventory};
use serde_json::Value;

use crate::support::{Answer, TestServer, annex::Annex};

// R30: the address is counted before anything is read, and a wrong body is a guess too.
#[tokio::test]
async fn an_address_has_few_guesses() {
    let server = TestServer::annex().await;
    for body in ["{", r#"{"text":"a"}"#, r#"{"text":"b"}"#] {
        let answer = server.send(Method::POST, None, "/v2/sign-in", body).await;
        assert!([202, 400].contains(&answer.status), "{answer:?}");
    }
    let token = server.token("alice", &["customer"]);
    for (token, path) in
        [(None, "/v2/sign-in"), (Some(&*token), "/v2/sign-in"), (None, "/v1/sign-in")]
    {
        let refused = server.send(Method::POST, token, path, r#"{"text":"c"}"#).await;
        let document = refused.is_problem(429);
        assert_eq!(document["violated-policies"], serde_json::json!(["sign_in-address"]));
    }
    // Nothing that a caller says of its address is another one.
    let forwarded = server
        .request(Method::POST, "/v2/sign-in")
        .header("content-type", "application/json")
        .header("x-forwarded-for", "192.0.2.1")
        .body(r#"{"text":"d"}"#);
    Answer::of(forwarded).await.is_problem(429);
}

// R30
#[test]
fn credentials_are_listed_and_documented() {
    let model = Annex::API.model();
    let taking = model.operations.iter().filter(|one| one.credential).map(|one| &*one.name);
    assert_eq!(taking.collect::<Vec<_>>(), ["sign_in"]);
    // A secret is found however deep in an input it is.
    let with_secret = model.operations.iter().filter(|one| model.secrets(one).next().is_some());
    assert_eq!(with_secret.map(|one| &*one.name).collect::<Vec<_>>(), ["sign_in"]);
    let text = inventory::routes(&Annex::API.model());
    let line = text.lines().find(|line| line.contains("/sign-in")).expect("its line");
    let end = "v1 deprecated 2026-06-01 until 2036-06-01, credential, secret WayCode.code";
    assert!(line.ends_with(end), "{line}");
    let text = openapi_json(&Annex::API.model(), "v2").expect("v2 is a version");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(document["paths"]["/v2/sign-in"]["post"]["x-credential"], true);
    assert!(document["paths"]["/v2/scoped"]["post"]["x-credential"].is_null());
}
