//! Tokens that only their issuer can read, about which it is asked.

use std::time::Duration;

use futures_util::future::join_all;
use reqwest::Method;
use secure_api::token::Issuer;
use serde_json::{Value, json};

use crate::support::{
    Log, TestServer,
    api::Depot,
    provider::{Manner, Provider, ProviderKey},
    token::AUDIENCE,
};

use super::{status, with, without};

const ASKED: &str = "/introspect";

/// A server that asks this issuer.
async fn asking(provider: &Provider) -> TestServer {
    let issuer = provider.issuer().introspect("shop:api", secure_api::testing::secret!("s/ 7\n"));
    TestServer::with(|app| app.tokens(issuer)).await
}

/// Returns the answer about a token that is good for a day.
fn active(server: &TestServer, provider: &Provider) -> Value {
    let now = server.clock.unix_seconds();
    json!({
        "active": true, "iss": provider.name, "aud": AUDIENCE, "sub": "alice", "client_id": "web",
        "iat": now, "exp": now + 24 * 3600, "scope": "orders", "token_type": "Bearer",
        "roles": ["customer"],
    })
}

// R25
#[tokio::test]
async fn a_token_that_its_issuer_calls_active_is_accepted_and_remembered_for_seconds() {
    let key = ProviderKey::new("a");
    let provider = Provider::start(&[&key]).await;
    let server = asking(&provider).await;
    provider.says("opaque", active(&server, &provider));
    assert_eq!(status(&server, "opaque").await, 200);
    assert_eq!(status(&server, "opaque").await, 200);
    assert_eq!(provider.asked(ASKED), 1);
    // A JWT of the issuer is verified and not asked about.
    assert_eq!(status(&server, &key.token(&provider.name, "alice", &server.clock)).await, 200);
    assert_eq!(provider.asked(ASKED), 1);
    // What it takes back ends when it is asked again.
    provider.says("opaque", json!({ "active": false }));
    server.clock.advance(Duration::from_secs(29));
    assert_eq!(status(&server, "opaque").await, 200);
    server.clock.advance(Duration::from_secs(1));
    assert_eq!(status(&server, "opaque").await, 401);
    assert_eq!(provider.asked(ASKED), 2);
    // That it was none is not remembered.
    provider.says("opaque", active(&server, &provider));
    assert_eq!(status(&server, "opaque").await, 200);
}

// R25
#[tokio::test]
async fn a_token_is_remembered_no_longer_than_it_lives() {
    let provider = Provider::start(&[]).await;
    let server = asking(&provider).await;
    let soon = with(active(&server, &provider), "exp", server.clock.unix_seconds() + 5);
    provider.says("opaque", soon);
    assert_eq!(status(&server, "opaque").await, 200);
    server.clock.advance(Duration::from_secs(6));
    provider.says("opaque", json!({ "active": false }));
    assert_eq!(status(&server, "opaque").await, 401);
}

// R19: what has no `jti` is known by itself, or nobody could sign out by it.
#[tokio::test]
async fn a_token_without_an_id_is_taken_back_here_too() {
    let provider = Provider::start(&[]).await;
    let server = asking(&provider).await;
    for token in ["opaque", "another"] {
        provider.says(token, active(&server, &provider));
        assert_eq!(status(&server, token).await, 200);
    }
    let ended = server.send(Method::DELETE, Some("opaque"), "/v2/session", String::new()).await;
    assert_eq!(ended.status, 204);
    assert_eq!(status(&server, "opaque").await, 401);
    server.clock.advance(Duration::from_secs(3600));
    assert_eq!((status(&server, "opaque").await, status(&server, "another").await), (401, 200));
}

// R10, R25
#[tokio::test]
async fn what_is_said_of_a_token_is_held_against_the_same_rules() {
    let provider = Provider::start(&[]).await;
    let server = asking(&provider).await;
    let good = || active(&server, &provider);
    let now = server.clock.unix_seconds();
    for (number, (what, said)) in [
        ("not active", with(good(), "active", false)),
        ("another's audience", with(good(), "aud", "other-api")),
        ("no audience", without(good(), "aud")),
        ("another issuer", with(good(), "iss", "https://evil.example")),
        ("expired", with(good(), "exp", now - 31)),
        ("no end", without(good(), "exp")),
        ("not yet", with(good(), "nbf", now + 31)),
        ("nobody", without(good(), "sub")),
        ("no client", without(good(), "client_id")),
        ("a token to refresh with", with(good(), "token_type", "refresh_token")),
        ("bound to a key that is not told", with(good(), "token_type", "DPoP")),
        ("bound to a key", with(good(), "cnf", json!({ "jkt": "A".repeat(43) }))),
        ("bound to what nobody knows", with(good(), "cnf", json!({ "x": "y" }))),
        ("roles that are none", with(good(), "roles", 7)),
    ]
    .into_iter()
    .enumerate()
    {
        let token = format!("opaque-{number}");
        provider.says(&token, said);
        assert_eq!(status(&server, &token).await, 401, "{what}");
    }
    provider.says("opaque", without(good(), "iss"));
    assert_eq!(status(&server, "opaque").await, 200);
    provider.says("less", with(good(), "roles", json!([])));
    assert_eq!(status(&server, "less").await, 403);
}

// R18, R25
#[tokio::test]
async fn a_client_is_the_subject_only_where_none_is_named_and_the_app_says_why() {
    let provider = Provider::start(&[]).await;
    let issuer = || provider.issuer().introspect("shop:api", secure_api::testing::secret!("s/ 7"));
    let reason = "programs have no subject at this issuer";
    let server = TestServer::with(|app| app.tokens(issuer().client_as_subject(reason))).await;
    let nameless = || without(active(&server, &provider), "sub");
    for (token, said, wanted) in [
        ("a program's", nameless(), 200),
        ("nobody's", without(nameless(), "client_id"), 401),
        ("a person's by name", with(nameless(), "username", "alice"), 401),
        ("a subject that is none", with(nameless(), "sub", Value::Null), 401),
        ("a subject without a text", with(nameless(), "sub", ""), 401),
    ] {
        let token = token.replace(['\'', ' '], "-");
        provider.says(&token, said);
        assert_eq!(status(&server, &token).await, wanted, "{token}");
    }
    provider.says("before", nameless());
    let server = TestServer::with(|app| app.tokens(issuer())).await;
    assert_eq!(status(&server, "before").await, 401);
}

// R25, R38
#[tokio::test]
async fn an_issuer_that_does_not_tell_lets_nobody_in() {
    for (manner, told) in [
        (Manner::Status(500), "the status 500"),
        (Manner::Status(401), "the status 401"),
        (Manner::Text("{\"active\":\"true\"}"), "none of RFC 7662"),
        (Manner::Text("{\"active\":1}"), "none of RFC 7662"),
        (Manner::Text("{}"), "none of RFC 7662"),
        (Manner::Text("{\"active\":false,\"active\":true}"), "none of RFC 7662"),
        (Manner::Text("eyJhbGciOiJub25lIn0.e30."), "none of RFC 7662"),
        (Manner::Endless, "larger than 256 KiB"),
        (Manner::Late(Duration::from_secs(30)), "no answer within 5 seconds"),
        (Manner::Elsewhere("https://evil.example".to_owned()), "the status 307"),
    ] {
        let log = Log::capture();
        let provider = Provider::start(&[]).await;
        let server = asking(&provider).await;
        provider.says("first", active(&server, &provider));
        assert_eq!(status(&server, "first").await, 200);
        provider.answer(manner);
        assert_eq!(status(&server, "opaque").await, 503, "{told}");
        assert_eq!(status(&server, "first").await, 200, "what was told before counts on");
        let lines = log.lines_with(&["ERROR", "secure_api::token", "cannot be asked", told]);
        assert!(!lines.is_empty(), "{told}: {}", log.text());
        assert!(!log.text().contains("opaque") && !log.text().contains("s%2F+7"));
    }
}

// R25
#[tokio::test]
async fn a_token_that_comes_at_once_is_asked_about_once_and_by_nobodys_request() {
    let provider = Provider::start(&[]).await;
    let server = asking(&provider).await;
    provider.says("opaque", active(&server, &provider));
    provider.says("other", active(&server, &provider));
    assert_eq!(status(&server, "other").await, 200);
    provider.answer(Manner::Late(Duration::from_millis(300)));
    let call = server.request(reqwest::Method::GET, "/v2/orders").bearer_auth("opaque");
    let gone = call.timeout(Duration::from_millis(100)).send();
    let (gone, statuses) = tokio::join!(gone, join_all((0..10).map(|_| status(&server, "opaque"))));
    assert!(gone.is_err_and(|error| error.is_timeout()));
    assert_eq!(statuses, [200; 10]);
    assert_eq!(provider.asked(ASKED), 2);
}

// R25: it is the app that says how late it may be.
#[tokio::test]
async fn what_an_issuer_says_of_a_token_is_remembered_for_as_long_as_the_app_says() {
    for (seconds, asked) in [(0, 3), (2, 2)] {
        let provider = Provider::start(&[]).await;
        let issuer = provider.issuer().introspect("shop:api", secure_api::testing::secret!("s/ 7"));
        let issuer = issuer.introspection_kept_for(Duration::from_secs(seconds));
        let server = TestServer::with(|app| app.tokens(issuer)).await;
        provider.says("opaque", active(&server, &provider));
        assert_eq!(status(&server, "opaque").await, 200);
        server.clock.advance(Duration::from_secs(1));
        assert_eq!(status(&server, "opaque").await, 200);
        provider.says("opaque", json!({ "active": false }));
        server.clock.advance(Duration::from_secs(1));
        assert_eq!(status(&server, "opaque").await, 401);
        assert_eq!(provider.asked(ASKED), asked, "{seconds}");
    }
}

#[tokio::test]
async fn an_issuer_without_a_document_and_without_keys_is_asked_where_the_app_says() {
    let (provider, key) = (Provider::start(&[]).await, ProviderKey::new("a"));
    let issuer = Issuer::new(&*provider.name)
        .audience(AUDIENCE)
        .introspection_uri(format!("{}/introspect", provider.name))
        .introspect("shop:api", secure_api::testing::secret!("s/ 7"));
    let server = TestServer::with(|app| app.tokens(issuer)).await;
    provider.says("opaque", active(&server, &provider));
    assert_eq!(status(&server, "opaque").await, 200);
    // Its JWTs are asked about as well, and another issuer's are not shown to it.
    let jwt = key.token(&provider.name, "alice", &server.clock);
    assert_eq!(status(&server, &jwt).await, 401);
    assert_eq!(provider.asked(ASKED), 2);
    let other = key.token("https://other.example", "alice", &server.clock);
    assert_eq!(status(&server, &other).await, 401);
    assert_eq!(provider.asked(ASKED), 2);
}

// R25
#[test]
fn an_issuer_that_cannot_be_asked_keeps_an_app_from_starting() {
    let report = |issuers: Vec<Issuer>| {
        let built =
            issuers.into_iter().fold(Depot::app(), |app, issuer| app.tokens(issuer)).build();
        built.expect_err("it does not start").to_string()
    };
    let secret = || secure_api::testing::secret!("a secret of the deployment");
    let named = |name: &str| Issuer::discover(name).audience(AUDIENCE);
    let one = || named("https://login.example");
    assert!(report(vec![one().introspect("", secret())]).contains("SA173"));
    assert!(
        report(vec![one().introspect("shop", secure_api::testing::secret!("\r\n"))])
            .contains("SA173")
    );
    let at = |url: &str| one().introspection_uri(url).introspect("shop", secret());
    assert!(report(vec![one().introspection_uri("https://login.example/i")]).contains("SA173"));
    assert!(report(vec![at("http://login.example/i")]).contains("SA174"));
    let stated = Issuer::new("https://login.example").audience(AUDIENCE);
    assert!(report(vec![stated.introspect("shop", secret())]).contains("SA174"));
    let two = ["https://a.example", "https://b.example"];
    let two = two.map(|name| named(name).introspect("shop", secret()));
    assert!(report(two.into()).contains("SA175"));
    let long = || one().introspect("shop", secret());
    for issuer in [
        long().introspection_kept_for(Duration::from_secs(301)),
        long().introspection_kept_for(Duration::from_millis(300_001)),
        one().introspection_kept_for(Duration::from_secs(1)),
    ] {
        assert!(report(vec![issuer]).contains("SA127"));
    }
    assert!(report(vec![one().untyped("why")]).contains("SA171"));
    assert!(report(vec![one().client_as_subject("why")]).contains("SA146"));
    assert!(report(vec![Issuer::entra("organizations").audience("a")]).contains("SA172"));
}
