//! The caller's token: passed on to the service that is declared, or exchanged for one of it, and given to nobody else.

use std::time::Duration;

use axum::response::Response;
use reqwest::Method;
use secure_api::{
    app::AppBuilder,
    client::{SafeClient, TokenExchange, Upstream, UpstreamError},
    prelude::*,
};

use super::{
    Peer, Rates,
    peer::{Asked, json, status},
    told::{Teller, as_customer},
};
use crate::support::{
    TestServer,
    model::{Role, Version},
    token,
};

/// The secret of the app at the issuer.
const SECRET: &str = "s/ +7";

/// An issuer that exchanges each token for another one that lasts so long.
async fn issuer(lasts: &'static str) -> Peer {
    Peer::start(move |number, _| {
        let text = "{\"access_token\":\"exchanged-NUMBER\",\"token_type\":\"Bearer\",\
                    \"issued_token_type\":\"urn:ietf:params:oauth:token-type:access_token\",\
                    \"more\":1,LASTS}";
        let text = text.replace("NUMBER", &number.to_string());
        let lasts = format!("\"expires_in\":{lasts}");
        json(&text.replace(
            ",LASTS",
            &if lasts.ends_with(':') { String::new() } else { format!(",{lasts}") },
        ))
    })
    .await
}

fn exchange(issuer: &Peer) -> TokenExchange {
    let endpoint = format!("http://{}/token", issuer.address);
    TokenExchange::at(endpoint, "shop:api", secure_api::testing::secret!(SECRET))
        .audience("rates")
        .scopes(["read", "list"])
}

async fn rates() -> Peer {
    Peer::start(|_, _| json("{\"cents\":1}")).await
}

async fn exchanging(issuer: &Peer, peer: &Peer) -> TestServer {
    let upstream = peer.upstream::<Rates>().exchanges_token(exchange(issuer));
    TestServer::of(Teller::app().upstream(upstream)).await
}

fn bearers(peer: &Peer) -> Vec<String> {
    let sent = |asked: &Asked| asked.header("authorization").unwrap_or("none").to_owned();
    peer.asked().iter().map(sent).collect()
}

// R43
#[tokio::test]
async fn a_call_carries_the_token_of_its_caller() {
    let peer = rates().await;
    let server = super::told::teller(&peer, Upstream::passes_token).await;
    for subject in ["alice", "bob"] {
        let sent = token::sign(&token::claims(subject, &["customer"]), &server.clock);
        let asked = server.request(Method::GET, "/v1/rate").bearer_auth(&sent);
        crate::support::Answer::of(asked).await.has_status(200);
        assert_eq!(bearers(&peer).last(), Some(&format!("Bearer {sent}")));
    }
}

// R43
#[tokio::test]
async fn a_service_that_is_not_declared_so_gets_no_token() {
    let peer = rates().await;
    let server = super::told::teller(&peer, |upstream| upstream).await;
    as_customer(&server, Method::GET, "/v1/rate").await.has_status(200);
    assert_eq!(bearers(&peer), ["none"]);
}

// R43
#[tokio::test]
async fn without_a_caller_nothing_is_sent() {
    let peer = rates().await;
    let rates = peer.client(Upstream::passes_token);
    let refused = super::ask(&rates).await.expect_err("there is no caller");
    assert!(refused.to_string().contains("no token"), "{refused}");
    assert_eq!(peer.times(), 0);
}

/// Asks for a rate when the request is over.
#[post("/later", version = Version::V1.., role = Role::Customer, by = Bearer)]
async fn ask_later(rates: SafeClient<Rates>) -> Result<NoContent, UpstreamError> {
    let later = rates.apart();
    let refused = later.get(["rates"]).done().await.err();
    assert!(refused.is_some_and(|error| error.to_string().contains("no token")));
    rates.get(["rates"]).done().await?;
    Ok(NoContent)
}

/// Asks for a rate for whoever comes.
#[post("/open", version = Version::V1.., public = "the rates are for everybody")]
async fn ask_open(rates: SafeClient<Rates>) -> Result<NoContent, UpstreamError> {
    rates.get(["rates"]).done().await?;
    Ok(NoContent)
}

/// Asks for a rate for whoever has a certificate.
#[post("/dpop", version = Version::V1.., role = Role::Customer, by = Dpop)]
async fn ask_bound(rates: SafeClient<Rates>) -> Result<NoContent, UpstreamError> {
    rates.get(["rates"]).done().await?;
    Ok(NoContent)
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), allow(unused_role, reason = "a caller of one role is enough here"), routes(ask_later))]
struct Later;

#[api(roles = Role, versions = Version, limit = Limit::per_address(600).per_minute(), allow(unused_role, reason = "a caller of one role is enough here"), routes(ask_open))]
struct Open;

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), allow(unused_role, reason = "a caller of one role is enough here"), routes(ask_bound))]
struct Bound;

// R43
#[tokio::test]
async fn work_that_goes_on_without_the_request_has_no_caller() {
    let peer = rates().await;
    let app = Later::app().upstream(peer.upstream::<Rates>().passes_token());
    let server = TestServer::of(app).await;
    as_customer(&server, Method::POST, "/v1/later").await.has_status(204);
    assert_eq!(peer.times(), 1);
}

// R43
#[tokio::test]
async fn a_route_whose_caller_may_have_no_token_does_not_start() {
    let (peer, issuer) = (rates().await, issuer("300").await);
    let starts = |app: AppBuilder| {
        let built = app.tokens(token::issuer()).build().map(|_| ());
        built.map_err(|error| error.problems().iter().map(|one| one.code).collect::<Vec<_>>())
    };
    let passing = || peer.upstream::<Rates>().passes_token();
    let exchanging = || peer.upstream::<Rates>().exchanges_token(exchange(&issuer));
    assert_eq!(starts(Open::app().upstream(passing())), Err(vec!["SA213"]));
    assert_eq!(starts(Open::app().upstream(exchanging())), Err(vec!["SA213"]));
    assert_eq!(starts(Open::app().upstream(peer.upstream::<Rates>())), Ok(()));
    let bound = || Bound::app().dpop(Dpop::default()).base_url("https://shop.example");
    assert_eq!(starts(bound().upstream(passing())), Err(vec!["SA213"]));
    assert_eq!(starts(bound().upstream(exchanging())), Ok(()));
    assert_eq!(starts(Later::app().upstream(passing())), Ok(()));
}

// R43
#[tokio::test]
async fn a_token_is_exchanged_in_the_name_of_the_caller_and_kept_for_a_while() {
    let (issuer, peer) = (issuer("90").await, rates().await);
    let server = exchanging(&issuer, &peer).await;
    let sent = token::sign(&token::claims("alice", &["customer"]), &server.clock);
    let get = async |token: &str| {
        let asked = server.request(Method::GET, "/v1/rate").bearer_auth(token);
        crate::support::Answer::of(asked).await.has_status(200);
    };
    get(&sent).await;
    get(&sent).await;
    let asked = issuer.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!((&asked[0].method, &*asked[0].target), (&Method::POST, "/token"));
    // `shop%3Aapi:s%2F+%2B7`, as RFC 6749 has it.
    assert_eq!(asked[0].header("authorization"), Some("Basic c2hvcCUzQWFwaTpzJTJGKyUyQjc="));
    let form: Vec<(String, String)> = asked[0]
        .body
        .split('&')
        .map(|pair| pair.split_once('=').expect("a pair"))
        .map(|(name, value)| {
            let value = percent_encoding::percent_decode_str(value).decode_utf8().expect("text");
            (name.to_owned(), value.replace('+', " "))
        })
        .collect();
    let access_token = "urn:ietf:params:oauth:token-type:access_token";
    let wanted = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token", &sent),
        ("subject_token_type", access_token),
        ("requested_token_type", access_token),
        ("audience", "rates"),
        ("scope", "read list"),
    ];
    let form: Vec<_> = form.iter().map(|(name, value)| (&**name, &**value)).collect();
    assert_eq!(form, wanted);

    // Another caller has another one, and a little before its end there is a new one.
    get(&token::sign(&token::claims("bob", &["customer"]), &server.clock)).await;
    server.clock.advance(Duration::from_secs(59));
    get(&sent).await;
    server.clock.advance(Duration::from_secs(1));
    get(&sent).await;
    assert_eq!(
        bearers(&peer),
        ["exchanged-0", "exchanged-0", "exchanged-1", "exchanged-0", "exchanged-2"]
            .map(|token| format!("Bearer {token}"))
    );
}

// R43
#[tokio::test]
async fn a_token_that_says_not_how_long_it_lasts_is_not_kept() {
    let (issuer, peer) = (issuer("").await, rates().await);
    let server = exchanging(&issuer, &peer).await;
    for _ in 0..2 {
        as_customer(&server, Method::GET, "/v1/rate").await.has_status(200);
    }
    assert_eq!(issuer.times(), 2);
}

// R43
#[tokio::test]
async fn a_token_that_the_service_refuses_is_not_sent_again() {
    let issuer = issuer("300").await;
    let peer = Peer::start(|number, _| match number {
        0 => status(401),
        _ => json("{\"cents\":1}"),
    })
    .await;
    let server = exchanging(&issuer, &peer).await;
    let sent = token::sign(&token::claims("alice", &["customer"]), &server.clock);
    for wanted in [502, 200, 200] {
        let asked = server.request(Method::GET, "/v1/rate").bearer_auth(&sent);
        crate::support::Answer::of(asked).await.has_status(wanted);
    }
    assert_eq!(issuer.times(), 2);
}

// R43
#[tokio::test]
async fn without_an_exchange_nothing_is_sent() {
    let answers: [fn() -> Response; 5] = [
        || status(400),
        || status(500),
        || json("{\"access_token\":\"a\",\"token_type\":\"Bearer\"}"),
        || {
            json(
                "{\"access_token\":\"a\",\"token_type\":\"N_A\",\"issued_token_type\":\"urn:ietf:params:oauth:token-type:access_token\"}",
            )
        },
        || {
            json(
                "{\"access_token\":\"a b\",\"token_type\":\"Bearer\",\"issued_token_type\":\"urn:ietf:params:oauth:token-type:access_token\"}",
            )
        },
    ];
    for answer in answers {
        let (issuer, peer) = (Peer::start(move |_, _| answer()).await, rates().await);
        let server = exchanging(&issuer, &peer).await;
        as_customer(&server, Method::GET, "/v1/rate").await.is_problem(502);
        assert_eq!((issuer.times(), peer.times()), (1, 0));
    }
}

// R43
#[tokio::test]
async fn an_exchange_that_is_not_declared_as_it_has_to_be_does_not_start() {
    let peer = rates().await;
    let at = |endpoint: &str, id: &str, secret: &'static str| {
        TokenExchange::at(endpoint, id, secure_api::testing::secret!(secret))
    };
    let url = "https://login.example/token";
    for exchange in [
        at("http://login.example/token", "shop", SECRET).audience("rates"),
        at(url, "", SECRET).audience("rates"),
        at(url, "shop", "").audience("rates"),
        at(url, "shop", SECRET),
    ] {
        let refused = peer.upstream::<Rates>().exchanges_token(exchange).client();
        let refused = refused.expect_err("it is not declared as it has to be");
        assert_eq!(refused.problems()[0].code, "SA211");
    }
    let unread = TokenExchange::at(url, "shop", SecretBytes::env("NOBODY_SETS_THIS"));
    let refused =
        peer.upstream::<Rates>().exchanges_token(unread.resource("https://rates.example"));
    assert_eq!(refused.client().expect_err("no secret").problems()[0].code, "SA177");
}
