//! OAuth scopes besides a role: both are asked for, and what is missing is named.

use reqwest::Method;
use secure_api::{
    docs::{Docs, openapi_json},
    inventory::ApiModel,
};
use serde_json::{Value, json};

use crate::support::{
    Answer, TestServer,
    annex::Annex,
    token::{claims, sign},
};

async fn ask(server: &TestServer, method: Method, roles: &[&str], scopes: &[&str]) -> Answer {
    let claims = claims("alice", roles).scopes(scopes.iter().copied());
    let token = sign(&claims, &server.clock);
    server.send(method, Some(&token), "/v2/scoped", r#"{"text":"hello"}"#).await
}

async fn read(server: &TestServer, roles: &[&str], scopes: &[&str]) -> Answer {
    let token = sign(&claims("alice", roles).scopes(scopes.iter().copied()), &server.clock);
    server.get_as(&token, "/v2/scoped").await
}

// R22: 403 with a challenge that names what is needed.
#[tokio::test]
async fn a_missing_scope_is_named() {
    let server = TestServer::annex().await;
    assert_eq!(read(&server, &["customer"], &["parts:read"]).await.status, 200);
    assert_eq!(read(&server, &["customer"], &["parts:write", "parts:read"]).await.status, 200);
    // Case, parts and beginnings of a scope are other scopes.
    for scopes in [&[][..], &["parts:write"], &["Parts:Read"], &["parts:rea"], &["parts", "read"]] {
        let refused = read(&server, &["customer"], scopes).await;
        refused.is_problem(403);
        let challenge = "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"parts:read\"";
        assert_eq!(refused.header("www-authenticate"), challenge, "{scopes:?}");
    }
}

// R22: all of several, and their challenge names all.
#[tokio::test]
async fn all_scopes_are_needed() {
    let server = TestServer::annex().await;
    let both = ["parts:read", "parts:write"];
    assert_eq!(ask(&server, Method::POST, &["support"], &both).await.status, 200);
    for scopes in [&both[..1], &both[1..], &[]] {
        let refused = ask(&server, Method::POST, &["support"], scopes).await;
        refused.is_problem(403);
        let challenge =
            "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"parts:read parts:write\"";
        assert_eq!(refused.header("www-authenticate"), challenge);
    }
}

// A scope is no role: whoever has only that is told nothing of it.
#[tokio::test]
async fn a_scope_is_asked_in_addition_to_a_role() {
    let server = TestServer::annex().await;
    for roles in [&[][..], &["auditor"]] {
        let refused = read(&server, roles, &["parts:read", "customer"]).await;
        refused.is_problem(403);
        assert!(refused.maybe_header("www-authenticate").is_none());
    }
    server.get("/v2/scoped").await.is_problem(401);
}

// R118: the document asks for the scopes beside each least role, and a scheme that has scopes knows them.
#[test]
fn scopes_are_documented() {
    let document = |model: &ApiModel| -> Value {
        let text = openapi_json(model, "v1").expect("v1 is a version");
        serde_json::from_str(&text).expect("it is JSON")
    };
    let operations = &document(&Annex::API.model())["paths"]["/v1/scoped"];
    assert_eq!(operations["get"]["security"], json!([{ "Bearer": [] }]));
    assert_eq!(operations["get"]["x-required-scopes"], json!(["parts:read"]));

    let pages = Docs::open("the tests read them")
        .issuer("https://login.example/authorize", "https://login.example/token");
    let document = document(&Annex::app().docs(pages).model());
    let operations = &document["paths"]["/v1/scoped"];
    assert_eq!(operations["get"]["security"], json!([{ "oauth2": ["customer", "parts:read"] }]));
    assert_eq!(
        operations["post"]["security"],
        json!([
            { "oauth2": ["support", "parts:read", "parts:write"] },
            { "oauth2": ["warehouse", "parts:read", "parts:write"] },
        ])
    );
    assert_eq!(operations["get"]["x-required-scopes"], json!(["parts:read"]));
    let flow = &document["components"]["securitySchemes"]["oauth2"]["flows"]["authorizationCode"];
    for scope in ["customer", "parts:read", "parts:write"] {
        assert!(flow["scopes"][scope].is_string(), "{scope} in {flow}");
    }
}
