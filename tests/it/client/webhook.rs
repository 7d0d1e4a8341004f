//! Webhooks: what is sent is signed as Standard Webhooks has it.

mod failed;
mod received;
mod remembered;

use std::net::SocketAddr;

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::Method;
use secure_api::{
    client::{SafeClient, Upstream, WebhookEvent, WebhookSecret},
    prelude::*,
};
use serde_json::json;

use super::{
    Peer,
    peer::{REASON, status},
};
use crate::support::server::START;

struct Hooks;

fn event() -> WebhookEvent {
    let data = json!({ "order": "7" });
    WebhookEvent::new("evt_1", "order.paid", &data, &Clock::manual(START)).expect("an event")
}

/// A client that delivers to `hooks.example`, which is there.
fn hooks(address: SocketAddr, certificate: &str) -> SafeClient<Hooks> {
    let upstream = Upstream::<Hooks>::of_users().resolving(move |_| vec![address]);
    let upstream = upstream.internal("hooks.example", REASON).root_certificate(certificate);
    upstream.client().expect("it is declared as it has to be")
}

// R92
#[tokio::test]
async fn an_event_is_delivered_signed_and_again_where_it_failed() {
    let (peer, certificate) = Peer::named("hooks.example", |number, _| match number {
        0 => status(503),
        _ => status(204),
    })
    .await;
    let (secret, url) = (WebhookSecret::generate(), "https://hooks.example/in?shop=1");
    let url = url.parse().expect("a URL");
    hooks(peer.address, &certificate).deliver(&event(), &url, &secret).await.expect("the second");
    let (asked, now) = (peer.asked(), Clock::manual(START).now().to_string());
    assert_eq!(asked.len(), 2);
    for one in &asked {
        assert_eq!((&one.method, &*one.target), (&Method::POST, "/in?shop=1"));
        assert_eq!(one.header("webhook-id"), Some("evt_1"));
        assert_eq!(one.header("content-type"), Some("application/json"));
        let content: serde_json::Value = serde_json::from_str(&one.body).expect("JSON");
        assert_eq!(
            content,
            json!({
                "type": "order.paid", "timestamp": now, "data": { "order": "7" },
            })
        );
        // What it signs is what the vector signs.
        let timestamp = one.header("webhook-timestamp").expect("it is there");
        let signed = format!("evt_1.{timestamp}.{}", one.body);
        assert_eq!(one.header("webhook-signature"), Some(&*signature(&secret, &signed)));
    }
    // Each is a message of its own for whoever remembers those that came.
    let [first, again] = [0, 1].map(|at| asked[at].header("webhook-timestamp"));
    assert_ne!(first, again);
}

// R92
#[tokio::test]
async fn an_event_is_delivered_to_a_partner_that_is_declared() {
    let peer = Peer::start(|number, _| status(if number == 0 { 503 } else { 204 })).await;
    let partner = peer.client::<Hooks>(|upstream| upstream);
    let secret = WebhookSecret::generate();
    partner.deliver_at(&event(), ["a/b"], &secret).await.expect("the second");
    for one in &peer.asked() {
        assert!(one.target.ends_with("/a%2Fb"), "{}", one.target);
        let timestamp = one.header("webhook-timestamp").expect("it is there");
        let signed = format!("evt_1.{timestamp}.{}", one.body);
        assert_eq!(one.header("webhook-signature"), Some(&*signature(&secret, &signed)));
    }
    // What is of users has no URL of its own.
    let url: WebUrl = "https://hooks.example/in".parse().expect("a URL");
    assert!(partner.deliver(&event(), &url, &secret).await.is_err());
    let (users, certificate) = Peer::named("hooks.example", |_, _| status(204)).await;
    let hooks = hooks(users.address, &certificate);
    assert!(hooks.deliver_at(&event(), ["in"], &secret).await.is_err());
    assert_eq!((peer.times(), users.times()), (2, 0));
}

// R92
#[tokio::test]
async fn an_event_leads_nobody_inside() {
    let (peer, certificate) = Peer::named("hooks.example", |_, _| status(204)).await;
    let address = peer.address;
    let upstream = Upstream::<Hooks>::of_users().resolving(move |_| vec![address]);
    let hooks = upstream.root_certificate(&certificate).client().expect("it is declared");
    let secret = WebhookSecret::generate();
    for url in
        ["https://hooks.example/in", "http://hooks.example/in", "https://rebound.example:8443/"]
    {
        let url: WebUrl = url.parse().expect("a URL");
        let refused = hooks.deliver(&event(), &url, &secret).await.expect_err("it leads inside");
        assert!(refused.leads_inside(), "{refused}");
    }
    assert_eq!(peer.times(), 0);
    // A service at a URL of its own is called there.
    let declared = peer.client::<Hooks>(|upstream| upstream);
    let url: WebUrl = "https://hooks.example/in".parse().expect("a URL");
    assert!(declared.get_from(&url).done().await.is_err());
    assert!(hooks.get(["in"]).done().await.is_err());
}

// R92
#[tokio::test]
async fn a_receiver_with_another_certificate_gets_nothing() {
    let (peer, _) = Peer::named("hooks.example", |_, _| status(204)).await;
    let (_, other) = Peer::named("hooks.example", |_, _| status(204)).await;
    let url = "https://hooks.example/in".parse().expect("a URL");
    let (hooks, secret) = (hooks(peer.address, &other), WebhookSecret::generate());
    assert!(hooks.deliver(&event(), &url, &secret).await.is_err());
    assert_eq!(peer.times(), 0);
}

#[test]
fn an_event_has_an_id_without_points() {
    for id in ["", "a.b", "a b", "ä", "a\n"] {
        assert!(WebhookEvent::new(id, "a", &1, &Clock::manual(START)).is_err(), "{id:?}");
    }
}

/// Signs as the standard has it, by the hand of the tests.
fn signature(secret: &WebhookSecret, signed: &str) -> String {
    let key = STANDARD.decode(&secret.reveal()["whsec_".len()..]).expect("base64");
    let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
    format!("v1,{}", STANDARD.encode(hmac::sign(&key, signed.as_bytes())))
}
