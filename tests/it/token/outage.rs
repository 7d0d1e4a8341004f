//! Issuers that are named by their address, while they do not answer, or answer wrongly.

use std::time::Duration;

use secure_api::token::Issuer;
use serde_json::json;

use crate::support::{
    Answer, Log, TestServer,
    provider::{Manner, Provider, ProviderKey},
    token::AUDIENCE,
};

use super::{INTERVAL, KEYS, OIDC, server, status};

// R7, R9, R38
#[tokio::test]
async fn an_issuer_that_answers_wrongly_lets_nobody_in() {
    let key = ProviderKey::new("a");
    let elsewhere = Provider::start(&[&key]).await;
    let at = |path: &str| format!("{}{path}", elsewhere.name);
    for (manner, told) in [
        (Manner::Status(500), "the status 500"),
        (Manner::Status(404), "the status 404"),
        (Manner::Elsewhere(at(OIDC)), "the status 307"),
        (Manner::Endless, "larger than 256 KiB"),
        (Manner::Text("<html>"), "no discovery document"),
        (Manner::Late(Duration::from_secs(30)), "no answer within 5 seconds"),
    ] {
        let log = Log::capture();
        let provider = Provider::start(&[&key]).await;
        provider.answer(manner);
        let server = server(&provider).await;
        let token = key.token(&provider.name, "alice", &server.clock);
        let answer = server.get_as(&token, "/v2/orders").await;
        answer.is_problem(503);
        assert!(answer.maybe_header("retry-after").is_some());
        let lines = log.lines_with(&["ERROR", "secure_api::token", "cannot be fetched", told]);
        assert!(!lines.is_empty(), "{told}: {}", log.text());
    }
    assert_eq!(elsewhere.asked(OIDC), 0, "a redirect was followed");
}

// R9
#[tokio::test]
async fn a_document_of_another_issuer_lets_nobody_in() {
    let key = ProviderKey::new("a");
    let provider = Provider::start(&[&key]).await;
    let at = format!("{}/keys", provider.name);
    for name in [format!("{}/", provider.name), "https://login.depot.example".to_owned()] {
        provider.document(OIDC, json!({ "issuer": name, "jwks_uri": at }));
        let server = server(&provider).await;
        let token = key.token(&provider.name, "alice", &server.clock);
        assert_eq!(status(&server, &token).await, 503, "{name}");
    }
    assert_eq!(provider.asked(KEYS), 0);
}

// R7, R38
#[tokio::test]
async fn an_app_starts_without_its_issuer_and_finds_it_later() {
    let key = ProviderKey::new("a");
    let (address, name) = {
        let gone = Provider::start(&[]).await;
        (gone.address.to_string(), gone.name.clone())
    };
    let log = Log::capture();
    let issuer = Issuer::discover(&*name).audience(AUDIENCE);
    let server = TestServer::with(|app| app.tokens(issuer)).await;
    let token = key.token(&name, "alice", &server.clock);
    assert_eq!(status(&server, &token).await, 503);
    assert!(!log.lines_with(&["its tokens are answered by 503", &name]).is_empty());
    // Another issuer's tokens are none of that.
    assert_eq!(status(&server, &server.token("alice", &["customer"])).await, 200);

    let _back = Provider::at(&address, &[&key]).await;
    assert_eq!(status(&server, &token).await, 503, "it is not asked again at once");
    server.clock.advance(INTERVAL);
    assert_eq!(status(&server, &token).await, 200);
}

// R7
#[tokio::test]
async fn a_set_is_fetched_again_when_its_answer_says_so_within_bounds() {
    for (cache, asked_at) in [
        ("max-age=1000", 801),
        ("max-age=1", 49),
        ("no-store", 49),
        ("max-age=999999", 2881),
        ("public", 481),
    ] {
        let key = ProviderKey::new("a");
        let provider = Provider::start(&[&key]).await;
        provider.cache(cache);
        let server = server(&provider).await;
        let call = async || {
            let token = key.token(&provider.name, "alice", &server.clock);
            assert_eq!(status(&server, &token).await, 200, "{cache}");
        };
        call().await;
        server.clock.advance(Duration::from_secs(asked_at - 2));
        call().await;
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!(provider.asked(KEYS), 1, "{cache}");
        server.clock.advance(Duration::from_secs(2));
        call().await;
        provider.was_asked(KEYS, 2).await;
    }
}

// R7, R38
#[tokio::test]
async fn the_last_keys_count_for_six_hours_of_an_outage_and_no_longer() {
    let key = ProviderKey::new("a");
    let provider = Provider::start(&[&key]).await;
    let server = server(&provider).await;
    let early = key.token(&provider.name, "alice", &server.clock);
    assert_eq!(status(&server, &early).await, 200);
    let log = Log::capture();
    provider.answer(Manner::Status(502));
    server.clock.advance(Duration::from_secs(6 * 3600 - 10));
    let late = key.token(&provider.name, "bob", &server.clock);
    assert_eq!(status(&server, &late).await, 200);
    provider.was_asked(OIDC, 2).await;
    assert!(!log.lines_with(&["WARN", "those from before count on"]).is_empty());
    // An id that nobody knows cannot be told while it does not answer.
    let unknown = ProviderKey::new("b").token(&provider.name, "mallory", &server.clock);
    assert_eq!(status(&server, &unknown).await, 503);
    server.clock.advance(Duration::from_secs(11));
    assert_eq!(status(&server, &early).await, 503, "a remembered token needs its key as well");
    assert_eq!(status(&server, &late).await, 503);
    provider.answer(Manner::Well);
    server.clock.advance(INTERVAL);
    assert_eq!(status(&server, &early).await, 200);
}

// R7
#[tokio::test]
async fn the_last_keys_count_for_as_long_as_the_app_says() {
    let key = ProviderKey::new("a");
    let provider = Provider::start(&[&key]).await;
    let issuer = provider.issuer().keys_kept_for(Duration::from_secs(2 * 3600));
    let server = TestServer::with(|app| app.tokens(issuer)).await;
    let token = || key.token(&provider.name, "alice", &server.clock);
    assert_eq!(status(&server, &token()).await, 200);
    provider.answer(Manner::Status(502));
    server.clock.advance(Duration::from_secs(2 * 3600 - 10));
    assert_eq!(status(&server, &token()).await, 200);
    provider.was_asked(OIDC, 2).await;
    server.clock.advance(Duration::from_secs(11));
    assert_eq!(status(&server, &token()).await, 503);
}

#[tokio::test]
async fn a_caller_who_goes_away_ends_no_fetch() {
    let key = ProviderKey::new("a");
    let provider = Provider::start(&[&key]).await;
    provider.answer(Manner::Late(Duration::from_millis(300)));
    let server = server(&provider).await;
    let token = key.token(&provider.name, "alice", &server.clock);
    let call = || server.request(reqwest::Method::GET, "/v2/orders").bearer_auth(&token);
    let gone = call().timeout(Duration::from_millis(100)).send();
    let (gone, stays) = tokio::join!(gone, Answer::of(call()));
    assert!(gone.is_err_and(|error| error.is_timeout()));
    assert_eq!(stays.status, 200);
    assert_eq!(provider.asked(KEYS), 1);
}
