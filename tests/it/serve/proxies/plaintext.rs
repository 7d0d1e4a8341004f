//! Plaintext for proxies alone, and what an app with proxies does not start for.

use std::net::UdpSocket;

use secure_api::{
    app::{AppBuilder, ForwardedHeader},
    serve::ServerSettings,
};

use super::{Running, pool, request};
use crate::support::log::Log;

// R45 R51: where proxies are named, plaintext is for them, on whatever address.
#[tokio::test]
async fn plaintext_is_for_trusted_proxies_alone() {
    let log = Log::capture();
    let app = |networks: &[&str]| pool().proxies(networks.iter().copied());
    let error = pool().build().expect("an app").bind("0.0.0.0:0").await;
    assert_eq!(error.expect_err("it does not start").problems()[0].code, "SA201");
    let scaled = app(&["10.0.0.0/8"]).limit_scale(2).build().expect("an app");
    let error = scaled.bind("0.0.0.0:0").await.expect_err("it does not start");
    assert_eq!(error.problems()[0].code, "SA304");

    // An address of this machine that is no loopback, where it has one: none is asked there.
    let own = UdpSocket::bind("0.0.0.0:0").expect("a socket");
    let own = own.connect("198.51.100.1:9").and_then(|()| own.local_addr());
    let own = own.ok().map(|own| own.ip().to_string());
    let stranger = Running::at(app(&["198.51.100.0/24"]), "0.0.0.0:0").await;
    assert_eq!(stranger.told("127.0.0.3", &["x-forwarded-for: 6.6.6.6"]).await, "127.0.0.3");
    assert_eq!(log.lines_with(&["secure_api::start", "plaintext for trusted proxies"]).len(), 1);
    let Some(own) = own else { return };
    for _ in 0..2 {
        assert_eq!(stranger.exchange(&own, request("/v1/where", &[]).as_bytes()).await, "");
    }
    assert_eq!(log.lines_with(&["WARN", "comes from no trusted proxy"]).len(), 1);
    let proxy = Running::at(app(&[&own]), "0.0.0.0:0").await;
    assert_eq!(proxy.told(&own, &["x-forwarded-for: 198.51.100.7"]).await, "198.51.100.7");
}

// R46 R51: a browser that came by https is told to, whoever ended the encryption.
#[tokio::test]
async fn https_is_asked_for_behind_a_proxy() {
    let hsts = "strict-transport-security";
    for (url, from, asked) in [
        (Some("https://pool.example"), "127.0.0.2", true),
        (Some("https://pool.example"), "127.0.0.3", false),
        (Some("http://localhost:8080"), "127.0.0.2", false),
        (None, "127.0.0.2", false),
    ] {
        let app = pool().proxies(["127.0.0.2"]);
        let app = match url {
            Some(url) => app.base_url(url),
            None => app,
        };
        let pool = Running::start(app).await;
        // What a proxy says of the scheme is not read.
        for line in ["x-forwarded-proto: http", "x-forwarded-proto: https"] {
            let answer = pool.ask(from, "/v1/where", &[line]).await;
            assert_eq!(answer.maybe_header(hsts).is_some(), asked, "{url:?} {from} {line}");
        }
    }
}

// R51: the proxies are not everyone, and the PROXY protocol is somebody's.
#[test]
fn an_app_that_trusts_everyone_does_not_start() {
    let codes = |app: AppBuilder| {
        let error = app.build().expect_err("it does not start");
        error.problems().iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(pool().proxies(["0.0.0.0/0"])), ["SA184"]);
    let settings = ServerSettings { proxy_protocol: true, ..ServerSettings::default() };
    assert_eq!(codes(pool().server(settings)), ["SA225"]);
    assert_eq!(codes(pool().forwarded(ForwardedHeader::Forwarded)), ["SA226"]);
}
