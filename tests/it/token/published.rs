//! Issuers that are named by their address: their keys, and how they change.

use std::time::Duration;

use futures_util::future::join_all;
use secure_api::token::{Issuer, Key};
use serde_json::{Value, json};

use crate::support::{
    Log, TestServer,
    api::Depot,
    provider::{Provider, ProviderKey},
    token::{AUDIENCE, keys},
};

use super::{INTERVAL, KEYS, OIDC, server, status};

const RFC_8414: &str = "/.well-known/oauth-authorization-server";

// R9
#[tokio::test]
async fn an_issuer_is_found_by_its_address() {
    let key = ProviderKey::new("a");
    let provider = Provider::start(&[&key]).await;
    let server = server(&provider).await;
    let token = key.token(&provider.name, "alice", &server.clock);
    assert_eq!(status(&server, &token).await, 200);
    assert_eq!((provider.asked(OIDC), provider.asked(RFC_8414), provider.asked(KEYS)), (1, 0, 1));
}

// R9
#[tokio::test]
async fn an_issuer_without_openid_is_found_too() {
    let key = ProviderKey::new("a");
    let provider = Provider::start(&[&key]).await;
    let named = json!({ "issuer": provider.name, "jwks_uri": format!("{}/keys", provider.name) });
    provider.document(RFC_8414, named);
    let server = server(&provider).await;
    let token = key.token(&provider.name, "alice", &server.clock);
    assert_eq!(status(&server, &token).await, 200);
    assert_eq!((provider.asked(OIDC), provider.asked(RFC_8414)), (1, 1));
}

#[tokio::test]
async fn keys_can_be_named_without_a_document() {
    let key = ProviderKey::new("a");
    let provider = Provider::start(&[&key]).await;
    let at = format!("{}/keys", provider.name);
    let issuer = Issuer::new(&*provider.name).audience(AUDIENCE).jwks_uri(at);
    let server = TestServer::with(|app| app.tokens(issuer)).await;
    let token = key.token(&provider.name, "alice", &server.clock);
    assert_eq!(status(&server, &token).await, 200);
    assert_eq!(provider.asked(OIDC), 0);
}

// R6
#[tokio::test]
async fn unknown_keys_cause_one_fetch_in_an_interval() {
    let (key, unknown) = (ProviderKey::new("a"), ProviderKey::new("b"));
    let provider = Provider::start(&[&key]).await;
    let server = server(&provider).await;
    let token = key.token(&provider.name, "alice", &server.clock);
    assert_eq!(status(&server, &token).await, 200);
    assert_eq!(provider.asked(KEYS), 1);

    server.clock.advance(INTERVAL);
    let made_up: Vec<ProviderKey> =
        (0..20).map(|number| ProviderKey::new(&format!("x{number}"))).collect();
    let tokens = made_up.iter().map(|key| key.token(&provider.name, "mallory", &server.clock));
    let tokens: Vec<String> = tokens.collect();
    let statuses = join_all(tokens.iter().map(|token| status(&server, token))).await;
    assert!(statuses.iter().all(|status| matches!(status, 401 | 503)), "{statuses:?}");
    assert!(statuses.contains(&401), "{statuses:?}");
    assert_eq!(provider.asked(KEYS), 2);
    // Nobody looked for this one since: undecided, and it causes no fetch.
    let late = unknown.token(&provider.name, "mallory", &server.clock);
    assert_eq!(status(&server, &late).await, 503);
    assert_eq!(provider.asked(KEYS), 2);

    // One that was looked for is known to be nobody's for a while, and costs no fetch.
    server.clock.advance(INTERVAL);
    assert_eq!(status(&server, &late).await, 401);
    assert_eq!(provider.asked(KEYS), 3);
    server.clock.advance(INTERVAL);
    assert_eq!(status(&server, &late).await, 401);
    assert_eq!(provider.asked(KEYS), 3);
    assert_eq!(status(&server, &token).await, 200);
}

#[tokio::test]
async fn a_new_key_is_found_when_a_token_names_it() {
    let (old, new) = (ProviderKey::new("a"), ProviderKey::new("b"));
    let provider = Provider::start(&[&old]).await;
    let server = server(&provider).await;
    assert_eq!(status(&server, &old.token(&provider.name, "alice", &server.clock)).await, 200);
    server.clock.advance(INTERVAL);
    provider.publish(&[&old, &new]);
    let tokens: Vec<String> =
        (0..10).map(|_| new.token(&provider.name, "alice", &server.clock)).collect();
    let statuses = join_all(tokens.iter().map(|token| status(&server, token))).await;
    assert_eq!(statuses, [200; 10]);
    assert_eq!(provider.asked(KEYS), 2, "one fetch for all who wait");
}

#[tokio::test]
async fn tokens_of_a_key_that_was_withdrawn_are_refused() {
    let (old, new) = (ProviderKey::new("a"), ProviderKey::new("b"));
    let provider = Provider::start(&[&old, &new]).await;
    let server = server(&provider).await;
    let remembered = old.token(&provider.name, "alice", &server.clock);
    let other = new.token(&provider.name, "alice", &server.clock);
    assert_eq!(status(&server, &remembered).await, 200);
    assert_eq!(status(&server, &other).await, 200);
    provider.publish(&[&new]);
    // At four fifths of ten minutes somebody fetches; who is here now does not wait for it.
    server.clock.advance(Duration::from_secs(481));
    let fresh = new.token(&provider.name, "bob", &server.clock);
    assert_eq!(status(&server, &fresh).await, 200);
    provider.was_asked(KEYS, 2).await;
    assert_eq!(status(&server, &remembered).await, 401, "the set was fetched just now");
    server.clock.advance(INTERVAL);
    assert_eq!(status(&server, &remembered).await, 401);
    assert_eq!(status(&server, &other).await, 200, "the other key's are remembered on");
    // A key that comes again under the id of another one is another one.
    let impostor = ProviderKey::new("a");
    provider.publish(&[&impostor, &new]);
    server.clock.advance(Duration::from_secs(481));
    assert_eq!(status(&server, &impostor.token(&provider.name, "eve", &server.clock)).await, 200);
    assert_eq!(status(&server, &remembered).await, 401);
}

// R7, R17
#[tokio::test]
async fn keys_that_cannot_be_used_are_left_out() {
    let key = ProviderKey::new("good");
    let with = |name: &str, value: Value| {
        let mut jwk = ProviderKey::new("other").jwk();
        jwk[name] = value;
        jwk
    };
    let members = vec![
        json!("text"),
        with("use", json!("enc")),
        with("use", json!(["sig"])),
        with("key_ops", json!(["sign"])),
        with("kty", json!("RSA")),
        with("kty", json!("oct")),
        with("alg", json!("ES512")),
        with("alg", json!("none")),
        with("alg", json!("HS256")),
        with("crv", json!("secp256k1")),
        with("d", json!("AAAA")),
        with("k", json!("AAAA")),
        with("kid", json!("two words")),
        with("kid", json!("good")),
        with("x", json!("AAAA")),
        with("y", json!(7)),
        json!({ "kty": "RSA", "kid": "short", "n": "u".repeat(171), "e": "AQAB" }),
        json!({ "kty": "RSA", "kid": "even", "n": "u".repeat(342), "e": "AQAA" }),
        json!({ "kty": "RSA", "kid": "one", "n": "u".repeat(342), "e": "AQ" }),
        json!({ "kty": "oct", "kid": "shared", "k": "u".repeat(43) }),
    ];
    let log = Log::capture();
    let provider = Provider::start(&[]).await;
    // However many there are, each reason is told once.
    let members = [members.clone(), members].concat();
    // The good one stands first, so that the one of the same id is the second.
    provider.publish_any([vec![key.jwk()], members].concat());
    let server = server(&provider).await;
    let token = key.token(&provider.name, "alice", &server.clock);
    assert_eq!(status(&server, &token).await, 200);
    let lines = log.lines_with(&["WARN", "secure_api::token", "were left out"]);
    let told = |line: &&String| {
        line.contains("count=12") && line.contains("algorithm that is not supported")
    };
    assert!(lines.iter().any(|line| told(&line)), "{lines:#?}");
    let reasons = 9;
    assert_eq!(lines.len(), reasons, "{lines:#?}");
    assert!(!log.lines_with(&["the keys of an issuer changed", "keys=1"]).is_empty());
}

// R7, R38: without a key nobody can tell whose a token is, and that is no fault of its bearer.
#[tokio::test]
async fn an_issuer_that_withdraws_all_its_keys_lets_nobody_in() {
    let key = ProviderKey::new("a");
    let provider = Provider::start(&[&key]).await;
    let log = Log::capture();
    let server = server(&provider).await;
    let token = key.token(&provider.name, "alice", &server.clock);
    assert_eq!(status(&server, &token).await, 200);
    provider.publish(&[]);
    server.clock.advance(Duration::from_secs(481));
    status(&server, &token).await;
    provider.was_asked(KEYS, 2).await;
    // What was remembered needs its key, too.
    assert_eq!(status(&server, &token).await, 503);
    assert!(!log.lines_with(&["ERROR", "publishes no key"]).is_empty());
    // Nor with keys that cannot be used.
    provider.publish_any(vec![json!({ "kty": "oct", "kid": "a", "k": "AAAA" })]);
    server.clock.advance(INTERVAL);
    assert_eq!(status(&server, &token).await, 503);
    assert_eq!(provider.asked(KEYS), 3, "it is asked again, once in an interval");
    assert_eq!(status(&server, &token).await, 503);
    assert_eq!(provider.asked(KEYS), 3);
    provider.publish(&[&key]);
    server.clock.advance(INTERVAL);
    assert_eq!(status(&server, &token).await, 200);
}

// R8
#[tokio::test]
async fn a_key_is_of_one_issuer_whatever_its_id() {
    let (one, two) = (ProviderKey::new("k1"), ProviderKey::new("k1"));
    let (first, second) = (Provider::start(&[&one]).await, Provider::start(&[&two]).await);
    let issuers = (first.issuer(), second.issuer());
    let server = TestServer::with(|app| app.tokens(issuers.0).tokens(issuers.1)).await;
    assert_eq!(status(&server, &one.token(&first.name, "alice", &server.clock)).await, 200);
    assert_eq!(status(&server, &two.token(&second.name, "alice", &server.clock)).await, 200);
    assert_eq!(status(&server, &one.token(&second.name, "alice", &server.clock)).await, 401);
    assert_eq!(status(&server, &two.token(&first.name, "alice", &server.clock)).await, 401);
}

// R7, R10
#[test]
fn an_issuer_without_what_it_needs_keeps_an_app_from_starting() {
    let report = |issuer: Issuer| {
        let built = Depot::app().tokens(issuer).build();
        built.expect_err("it does not start").to_string()
    };
    let named = |name: &str| Issuer::discover(name).audience(AUDIENCE);
    let pem = keys().public_pem();
    assert!(report(named("https://login.example").key(Key::es256_pem(pem))).contains("SA169"));
    assert!(report(named("http://login.example")).contains("SA150"));
    assert!(report(Issuer::discover("https://login.example")).contains("SA151"));
    let by_key = || Issuer::new("https://login.example").audience(AUDIENCE);
    for issuer in [
        named("https://login.example").keys_kept_for(Duration::from_secs(3599)),
        named("https://login.example").keys_kept_for(Duration::from_secs(86_401)),
        by_key().key(Key::es256_pem(keys().public_pem())).keys_kept_for(Duration::from_secs(7200)),
    ] {
        assert!(report(issuer).contains("SA128"));
    }
    for url in ["http://login.example/keys", "login.example", "https://a@login.example/keys"] {
        let issuer = Issuer::new("https://login.example").audience(AUDIENCE).jwks_uri(url);
        assert!(report(issuer).contains("SA170"), "{url}");
    }
}
