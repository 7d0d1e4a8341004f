//! Step-up: operations that ask for a stronger or a more recent authentication than credentials that hold.

use reqwest::Method;
use secure_api::{clock::Clock, inventory::StepUpModel, prelude::*, token::Issuer};
use serde_json::{Value, json};

use super::door::challenges;
use crate::support::{
    Answer, TestServer,
    model::{Role, Version},
    server::START,
    token,
};

/// Reads what a class is enough for.
#[put("/gold", version = Version::V1.., role = Role::Customer, acr = ["gold", "platinum"])]
async fn gold() -> NoContent {
    NoContent
}

/// Takes what needs two methods, not long ago.
#[put("/both", version = Version::V1.., role = Role::Customer, amr = ["pwd", "otp"], max_age = Duration::from_secs(300))]
async fn both() -> NoContent {
    NoContent
}

/// Takes what needs a role and a method.
#[put("/admin/method", version = Version::V1.., role = Role::Admin, amr = "otp")]
async fn method() -> NoContent {
    NoContent
}

/// A safe.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      allow(unused_role, unused_version, reason = "a safe is for customers, from the first"),
      routes(gold, both, method))]
struct Safe;

async fn safe() -> TestServer {
    trusting(token::issuer()).await
}

/// A safe that trusts this issuer.
async fn trusting(issuer: Issuer) -> TestServer {
    let clock = Clock::manual(START);
    let app = Safe::app().tokens(issuer).clock(clock.clone());
    TestServer::run(app.build().expect("an app that starts"), Default::default(), clock).await
}

/// Asks with a token that says this of its authentication.
async fn ask(server: &TestServer, path: &str, said: Value) -> Answer {
    let mut claims = json!({
        "iss": token::ISSUER, "aud": token::AUDIENCE, "sub": "alice", "client_id": "web",
        "jti": said.to_string(), "iat": START, "exp": START + 600, "roles": ["customer"],
    });
    for (name, value) in said.as_object().expect("claims") {
        claims[name] = value.clone();
    }
    let token = token::forge(&token::good_header(), &claims);
    Answer::of(server.request(Method::PUT, path).bearer_auth(token)).await
}

// R20
#[tokio::test]
async fn an_authentication_that_is_too_weak_is_told_what_is_asked() {
    let server = safe().await;
    for said in [json!({}), json!({ "acr": "silver" }), json!({ "acr": "Gold" })] {
        let answer = ask(&server, "/v1/gold", said).await;
        answer.is_problem(401);
        assert_eq!(
            challenges(&answer),
            ["Bearer realm=\"api\", error=\"insufficient_user_authentication\", \
              error_description=\"another authentication is required\", acr_values=\"gold platinum\""]
        );
    }
    for class in ["gold", "platinum"] {
        assert_eq!(ask(&server, "/v1/gold", json!({ "acr": class })).await.status, 204);
    }
    let two = json!({ "amr": ["otp", "pwd", "mfa"], "auth_time": START });
    assert_eq!(ask(&server, "/v1/both", two).await.status, 204);
    let answer = ask(&server, "/v1/both", json!({ "amr": ["pwd"], "auth_time": START })).await;
    assert_eq!(
        challenges(&answer),
        ["Bearer realm=\"api\", error=\"insufficient_user_authentication\", \
          error_description=\"an authentication by these methods is required: pwd otp\", max_age=\"300\""]
    );
    // Who has not the role is not told to come back with another authentication.
    ask(&server, "/v1/admin/method", json!({})).await.is_problem(403);
}

// R20
#[tokio::test]
async fn an_authentication_that_is_too_old_is_none() {
    let server = safe().await;
    let at = |time: Value| json!({ "amr": ["pwd", "otp"], "auth_time": time });
    for (time, status) in [
        (json!(START - 300), 204),
        (json!(START - 301), 401),
        // The issuer's clock may be ahead, by as much as it may in `iat`.
        (json!(START + 1), 204),
        (json!(START + 30), 204),
        (json!(START + 31), 401),
        (json!(0), 401),
        (json!("now"), 401),
        (json!(-5), 401),
    ] {
        assert_eq!(ask(&server, "/v1/both", at(time.clone())).await.status, status, "{time}");
    }
    let answer = ask(&server, "/v1/both", json!({ "amr": ["pwd", "otp"] })).await;
    assert_eq!(answer.status, 401, "who does not say when is as if never");
}

// R20
#[tokio::test]
async fn the_leeway_of_an_authentication_is_that_of_its_issuer() {
    let ahead = json!({ "amr": ["pwd", "otp"], "auth_time": START + 10 });
    let strict = trusting(token::issuer().leeway(Duration::ZERO)).await;
    assert_eq!(ask(&strict, "/v1/both", ahead.clone()).await.status, 401);
    strict.clock.advance(Duration::from_secs(10));
    assert_eq!(ask(&strict, "/v1/both", ahead.clone()).await.status, 204);
    let server = safe().await;
    assert_eq!(ask(&server, "/v1/both", ahead.clone()).await.status, 204);
    server.clock.advance(Duration::from_secs(310));
    assert_eq!(ask(&server, "/v1/both", ahead.clone()).await.status, 204);
    server.clock.advance(Duration::from_secs(1));
    assert_eq!(ask(&server, "/v1/both", ahead).await.status, 401);
}

// R23: a claim that is no such thing makes the token one that does not hold.
#[tokio::test]
async fn a_claim_of_another_type_is_refused() {
    let server = safe().await;
    for said in [
        json!({ "acr": 1 }),
        json!({ "acr": "" }),
        json!({ "acr": "gold", "amr": "otp" }),
        json!({ "acr": "gold", "amr": [1] }),
        json!({ "acr": "gold", "auth_time": {} }),
    ] {
        let answer = ask(&server, "/v1/gold", said.clone()).await;
        answer.is_problem(401);
        assert!(challenges(&answer)[0].contains("invalid_token"), "{said}");
    }
}

#[test]
fn what_is_asked_is_in_the_inventory() {
    let app = Safe::app().tokens(token::issuer()).build().expect("an app that starts");
    let operation = app.model().operations.iter().find(|one| one.name == "both").expect("both");
    let asked = StepUpModel {
        acr: Vec::new(),
        amr: vec!["pwd".to_owned(), "otp".to_owned()],
        max_age_seconds: Some(300),
    };
    assert_eq!(operation.step_up, Some(asked));
    let table = app.inventory();
    assert!(table.contains("authenticated by acr gold or platinum"), "{table}");
    assert!(table.contains("authenticated by amr pwd and otp, at most 300s ago"), "{table}");
}
