//! Tokens over the wire: the credentials that are accepted, and the refusals of all others.

mod attacks;
mod introspection;
mod outage;
mod published;
mod resource;
mod secret;

use std::time::Duration;

use reqwest::{Method, header::AUTHORIZATION};
use secure_api::token::{Claims, Issuer, Key};
use serde_json::{Value, json};

use crate::support::{
    Answer, Log, TestServer,
    provider::Provider,
    server::{ALICES, order},
    token::{self, AUDIENCE, ISSUER, forge, good_claims, good_header},
};

const OIDC: &str = "/.well-known/openid-configuration";
const KEYS: &str = "/keys";
/// Longer than between two fetches.
const INTERVAL: Duration = Duration::from_secs(11);

/// A server that trusts this issuer.
async fn server(provider: &Provider) -> TestServer {
    TestServer::with(|app| app.tokens(provider.issuer())).await
}

/// Returns the status of a call with a token.
async fn status(server: &TestServer, token: &str) -> u16 {
    let answer = server.get_as(token, "/v2/orders").await;
    match answer.status {
        200 => {}
        status => drop(answer.is_problem(status)),
    }
    answer.status
}

const INVALID: &str = "Bearer realm=\"api\", error=\"invalid_token\"";

/// Asserts 401 with this challenge, and the one body that all of them have.
#[track_caller]
fn is_challenged(answer: &Answer, challenge: &str) {
    let document = answer.is_problem(401);
    assert_eq!(answer.header("www-authenticate"), challenge);
    assert_eq!(document["type"], "urn:problem-type:secure-api:unauthenticated");
    assert_eq!(document.as_object().map(serde_json::Map::len), Some(3), "{document}");
}

fn without(mut object: Value, member: &str) -> Value {
    object.as_object_mut().expect("an object").remove(member);
    object
}

fn with(mut object: Value, member: &str, value: impl Into<Value>) -> Value {
    object[member] = value.into();
    object
}

// R22
#[tokio::test]
async fn a_good_token_is_accepted() {
    let server = TestServer::start().await;
    let token = server.token("alice", &["customer"]);
    assert_eq!(server.get_as(&token, &order("v2", ALICES)).await.status, 200);
    // What the tests forge below is refused for what is wrong with it, since this passes.
    let forged = forge(&good_header(), &good_claims(&server.clock));
    assert_eq!(server.get_as(&forged, &order("v2", ALICES)).await.status, 200);
}

// R19
#[tokio::test]
async fn a_token_that_was_logged_out_is_refused_before_it_expires() {
    let server = TestServer::start().await;
    let (token, other) =
        (server.token("alice", &["customer"]), server.token("alice", &["customer"]));
    assert_eq!(server.get_as(&token, "/v2/orders").await.status, 200);
    assert_eq!(
        server.send(Method::DELETE, Some(&token), "/v2/session", String::new()).await.status,
        204
    );
    is_challenged(&server.get_as(&token, "/v2/orders").await, INVALID);
    // Another token of the same person was not asked about.
    assert_eq!(server.get_as(&other, "/v2/orders").await.status, 200);
}

// R19: what has no `jti` is known by what was signed, and not by its signature, of which there are many.
#[tokio::test]
async fn a_token_without_an_id_is_logged_out_too() {
    let issuer = Issuer::new("https://old.example").audience(AUDIENCE);
    let issuer = issuer.key(Key::es256_pem(token::keys().public_pem()).id("k1"));
    let issuer = issuer.partial_profile("the old log-in sends no jti");
    let server = TestServer::with(|app| app.tokens(issuer)).await;
    let claims = with(token::good_claims(&server.clock), "iss", "https://old.example");
    let claims = without(claims, "jti");
    let (one, same) = (forge(&good_header(), &claims), forge(&good_header(), &claims));
    assert_ne!(one, same);
    let other = forge(&good_header(), &with(claims, "client_id", "other"));
    let ended = server.send(Method::DELETE, Some(&one), "/v2/session", String::new()).await;
    assert_eq!(ended.status, 204);
    for (token, status) in [(&one, 401), (&same, 401), (&other, 200)] {
        assert_eq!(server.get_as(token, "/v2/orders").await.status, status);
    }
}

// R22
#[tokio::test]
async fn no_credentials_are_challenged_without_an_error_code() {
    let server = TestServer::start().await;
    is_challenged(&server.get("/v2/orders").await, "Bearer realm=\"api\"");
    for scheme in ["Basic YWxpY2U6cGFzcw==", "Digest username=\"alice\"", "Bear token"] {
        let request = server.request(Method::GET, "/v2/orders").header(AUTHORIZATION, scheme);
        is_challenged(&Answer::of(request).await, "Bearer realm=\"api\"");
    }
}

// R1 R2 R3 R5 R8 R10 R11 R12 R13 R14 R22 R23 R27
#[tokio::test]
async fn a_token_that_does_not_hold_is_invalid_whatever_is_wrong_with_it() {
    let server = TestServer::start().await;
    let header = good_header;
    let claims = || good_claims(&server.clock);
    let now = server.clock.unix_seconds();
    let mut wrong = vec![
        ("no audience", forge(&header(), &without(claims(), "aud"))),
        ("another's audience", forge(&header(), &with(claims(), "aud", "other-api"))),
        ("another issuer", forge(&header(), &with(claims(), "iss", format!("{ISSUER}/")))),
        ("no expiry", forge(&header(), &without(claims(), "exp"))),
        ("expired", forge(&header(), &with(claims(), "exp", now - 31))),
        ("not yet valid", forge(&header(), &with(claims(), "nbf", now + 31))),
        ("issued in the future", forge(&header(), &with(claims(), "iat", now + 31))),
        ("no subject", forge(&header(), &without(claims(), "sub"))),
        ("no client", forge(&header(), &without(claims(), "client_id"))),
        ("no id", forge(&header(), &without(claims(), "jti"))),
        ("bound to a key", forge(&header(), &with(claims(), "cnf", json!({"jkt": "x"})))),
        ("an ID token", forge(&with(header(), "typ", "JWT"), &claims())),
        ("no type", forge(&without(header(), "typ"), &claims())),
        ("alg none", forge(&with(header(), "alg", "none"), &claims())),
        ("alg in another case", forge(&with(header(), "alg", "es256"), &claims())),
        ("alg of another key", forge(&with(header(), "alg", "HS256"), &claims())),
        ("an unknown key", forge(&with(header(), "kid", "k2"), &claims())),
        ("a key of its own", forge(&with(header(), "jku", "https://evil.example"), &claims())),
        ("an extension", forge(&with(header(), "crit", json!(["exp"])), &claims())),
        ("roles that are none", forge(&header(), &with(claims(), "roles", 7))),
    ];
    let good = forge(&header(), &claims());
    let (signed, _signature) = good.rsplit_once('.').expect("three segments");
    wrong.push(("no signature", format!("{signed}.")));
    wrong.push(("another's signature", format!("{signed}.{}", "A".repeat(86))));
    wrong.push(("five segments", format!("{good}.a.b")));
    wrong.push(("longer than 8 KiB", format!("{good}{}", "A".repeat(8 * 1024))));
    wrong.push(("no token at all", "nonsense".to_owned()));
    let mut bodies = Vec::new();
    for (what, token) in wrong {
        let answer = server.get_as(&token, "/v2/orders").await;
        assert_eq!(answer.status, 401, "{what}");
        is_challenged(&answer, INVALID);
        bodies.push(answer.body);
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "the reason shows: {bodies:#?}");
}

// R11
#[tokio::test]
async fn a_remembered_token_ends_when_it_expires() {
    let server = TestServer::start().await;
    let token = server.token("alice", &["customer"]);
    assert_eq!(server.get_as(&token, "/v2/orders").await.status, 200);
    // Ten minutes, and half a minute for clocks that differ.
    server.clock.advance(Duration::from_secs(629));
    assert_eq!(server.get_as(&token, "/v2/orders").await.status, 200);
    server.clock.advance(Duration::from_secs(1));
    is_challenged(&server.get_as(&token, "/v2/orders").await, INVALID);
}

// R21
#[tokio::test]
async fn credentials_come_once_and_never_in_the_query() {
    let server = TestServer::start().await;
    let token = server.token("alice", &["customer"]);
    let twice = server
        .request(Method::GET, "/v2/orders")
        .header(AUTHORIZATION, format!("Bearer {token}"))
        .header(AUTHORIZATION, format!("Bearer {token}"));
    let in_query = format!("/v2/orders?access_token={token}");
    let hidden = format!("/v2/orders?a=b&%61ccess_token={token}");
    for answer in [
        Answer::of(twice).await,
        server.get(&in_query).await,
        server.get_as(&token, &in_query).await,
        server.get(&hidden).await,
        // A public route does not take it either.
        server.get(&format!("/v2/parts?access_token={token}")).await,
    ] {
        answer.is_problem(400);
        assert_eq!(
            answer.header("www-authenticate"),
            "Bearer realm=\"api\", error=\"invalid_request\""
        );
        assert!(!answer.body.contains(&token));
    }
}

// R22: only absent credentials may stay anonymous.
#[tokio::test]
async fn bad_credentials_are_refused_on_a_public_route_too() {
    let server = TestServer::start().await;
    assert_eq!(server.get("/v2/parts/BOLT").await.status, 200);
    is_challenged(&server.get_as("nonsense", "/v2/parts/BOLT").await, INVALID);
}

// R22, R10: a role that the token does not give is 403, and an unknown one gives nothing.
#[tokio::test]
async fn a_role_that_nobody_declared_gives_nothing() {
    let server = TestServer::start().await;
    for roles in [&[][..], &["Customer"], &["root"], &["customer "], &["*"]] {
        let answer = server.get_as(&server.token("alice", roles), "/v2/orders").await;
        answer.is_problem(403);
        assert!(answer.maybe_header("www-authenticate").is_none());
    }
}

// R21 R23
#[tokio::test]
async fn the_log_has_the_reason_and_nothing_of_the_token() {
    let log = Log::capture();
    let server = TestServer::start().await;
    let good = server.token("alice", &["customer"]);
    let other = Claims::new(ISSUER, format!("not-{AUDIENCE}"), "alice").roles(["customer"]);
    let other = token::sign(&other, &server.clock);
    server.get_as(&good, "/v2/orders").await;
    server.get_as(&other, "/v2/orders").await;
    server.get(&format!("/v2/orders?access_token={good}")).await;
    server.get(&format!("/nowhere?access_token={good}")).await;
    let twice = server.request(Method::GET, "/v2/orders").bearer_auth(&good).bearer_auth(&good);
    Answer::of(twice).await;

    assert_eq!(log.lines_with(&["the token's `aud` does not name this API"]).len(), 1);
    assert_eq!(log.lines_with(&["a token came in the query string"]).len(), 1);
    assert_eq!(log.lines_with(&["authn_login_fail"]).len(), 1);
    let text = log.text();
    for token in [&good, &other] {
        for segment in token.split('.').skip(1) {
            assert!(!text.contains(segment), "a token's segment is in the log");
        }
    }
    assert!(!text.contains("access_token"), "{text}");
    assert!(!text.to_lowercase().contains("bearer ey"), "{text}");
}
