//! Proofs as documents, the inventory, pages of other origins, the start and the client of tests know them.

use std::time::Duration;

use reqwest::Method;
use secure_api::{docs::openapi_json, inventory, prelude::*, testing};
use serde_json::{Value, json};

use super::vault::{self, Prover, Vault, app, run};
use crate::support::{Answer, model::Role, server::START, token};

// R39: a page of an allowed origin may send a proof and read the nonce.
#[tokio::test]
async fn a_page_may_send_a_proof_and_read_the_nonce() {
    let clock = Clock::manual(START);
    let app = app(&clock, Dpop::new().nonces()).cors(["https://app.example"]);
    let server = run(app, &clock).await;
    let path = "/v1/inside";
    let preflight = server.request(Method::OPTIONS, path).header("origin", "https://app.example");
    let answer = Answer::of(preflight.header("access-control-request-method", "GET")).await;
    let allowed: Vec<_> = answer.header("access-control-allow-headers").split(", ").collect();
    assert!(allowed.contains(&"dpop"), "{allowed:?}");
    let alice = Prover::new(&clock);
    let request = server.request(Method::GET, path).header("origin", "https://app.example");
    let request = request.header("dpop", alice.proof("GET", path, &clock));
    let answer = Answer::of(request.header("authorization", format!("DPoP {}", alice.token))).await;
    let readable: Vec<_> = answer.header("access-control-expose-headers").split(", ").collect();
    assert!(readable.contains(&"dpop-nonce") && readable.contains(&"www-authenticate"));
}

// R54 R102
#[test]
fn documents_and_the_inventory_tell_of_proofs() {
    let app = app(&Clock::manual(START), Dpop::new().nonces()).build().expect("an app");
    let text = openapi_json(app.model(), "v1").expect("v1");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let scheme = &document["components"]["securitySchemes"]["DPoP"];
    assert_eq!((&scheme["type"], &scheme["scheme"]), (&json!("http"), &json!("DPoP")));
    let security = &document["paths"]["/v1/inside"]["get"]["security"];
    assert_eq!(*security, json!([{ "DPoP": [] }]));
    let table = inventory::routes(app.model());
    assert!(table.contains("\ncredentials DPoP\nproofs good for 60s, with a nonce\n"), "{table}");
    let again: inventory::ApiModel =
        serde_json::from_str(&serde_json::to_string(app.model()).expect("JSON")).expect("a model");
    assert_eq!(again, *app.model());
}

#[test]
fn proofs_have_what_they_are_held_against() {
    let codes = |app: secure_api::app::AppBuilder| {
        let error = app.build().expect_err("it does not start");
        error.problems().iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(Vault::app().tokens(token::issuer())), ["SA165"]);
    assert_eq!(codes(Vault::app().dpop(Dpop::new())), ["SA180", "SA182"]);
    let app = || Vault::app().tokens(token::issuer()).base_url(vault::URL);
    for window in [Duration::ZERO, Duration::from_millis(999), Duration::from_secs(301)] {
        assert_eq!(codes(app().dpop(Dpop::new().window(window))), ["SA181"]);
    }
    for window in [1, 300] {
        app().dpop(Dpop::new().window(Duration::from_secs(window))).build().expect("it starts");
    }
}

// The client of tests proves as a client does, and an attack is written by hand.
#[tokio::test]
async fn a_test_sends_proofs() {
    for dpop in [Dpop::new(), Dpop::new().nonces()] {
        let app = Vault::app().tokens(testing::issuer()).base_url(vault::URL).dpop(dpop);
        let vault = testing::client(app).expect("an app that starts");
        let alice = vault.as_caller(Role::Customer, "alice").dpop();
        for _ in 0..2 {
            let reply = alice.get("/v1/inside").query("fields", "kind").await;
            assert_eq!(reply.assert_status(200).json_pointer("/kind"), "DPoP");
            alice.post("/v1/inside").await.assert_status(202);
            vault.advance(Duration::from_secs(150));
        }
        // The clock was moved past the nonce that is known, and this asks for the next.
        alice.get("/v1/inside").await.assert_status(200);
        let proof = alice.proof("GET", "/v1/inside");
        alice.get("/v1/inside").header("dpop", &proof).await.assert_status(200);
        alice.get("/v1/inside").header("dpop", &proof).await.assert_status(401);
        alice
            .get("/v1/any")
            .header("dpop", alice.proof("POST", "/v1/any"))
            .await
            .assert_status(401);
        alice.get("/v1/any").token(alice.token()).await.assert_status(401);
        vault.as_caller(Role::Customer, "bob").get("/v1/any").await.assert_status(200);
    }
}

#[test]
#[should_panic(expected = "takes no proofs")]
fn a_test_of_an_app_without_proofs_says_so() {
    let app = crate::identity::door::door(&Default::default(), &Clock::manual(START));
    let app = app.tokens(testing::issuer());
    let client = testing::client(app).expect("an app that starts");
    let _ = client.as_subject("alice").dpop();
}
