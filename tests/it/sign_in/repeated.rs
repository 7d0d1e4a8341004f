//! Secrets that could be answered twice, and are not.

use secure_api::{
    prelude::*,
    sign_in::{Codes, SignIn, Tokens},
};

use crate::support::{
    NoKeys,
    model::{Role, Version},
};

/// Gives tokens.
#[post("/tokens", version = Version::V1.., role = Role::Customer, idempotency_key)]
async fn tokens(_tokens: Tokens) -> Accepted {
    Accepted
}

/// Makes an API key.
#[post("/keys", version = Version::V1.., role = Role::Customer, idempotency_key)]
async fn keys(_keys: ApiKeys<NoKeys>) -> Accepted {
    Accepted
}

/// Sends a code, which is in no answer.
#[post("/codes", version = Version::V1.., role = Role::Customer, idempotency_key)]
async fn codes(_codes: Codes) -> Accepted {
    Accepted
}

/// An API that gives secrets twice.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      allow(unused_role, unused_version, reason = "it is for customers, from the first"),
      routes(tokens, keys, codes))]
struct Twice;

#[test]
fn no_answer_with_a_secret_is_kept_to_be_repeated() {
    let app = Twice::app().base_url("https://gate.example");
    let app = app.sign_in(SignIn::new("gate")).api_keys(ApiKeys::new("gate", NoKeys));
    let error = app.build().expect_err("it does not start");
    let text = error.to_string();
    let codes: Vec<_> = error.problems().iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["SA129", "SA129"], "{text}");
    assert!(text.contains("takes `Tokens`") && text.contains("takes `ApiKeys`"), "{text}");
}
