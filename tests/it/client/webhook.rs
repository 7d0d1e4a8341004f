//! Webhooks: what is sent is signed as Standard Webhooks has it, and what comes is taken only where somebody who may send it did.

use std::net::SocketAddr;

use reqwest::Method;
use secure_api::{
    client::{SafeClient, Upstream, WebhookError, WebhookEvent, WebhookReceiver, WebhookSecret},
    prelude::*,
    testing::secret,
};
use serde_json::json;

use super::{
    Peer,
    peer::{REASON, status},
};
use crate::support::{
    Answer, TestServer,
    model::{Role, Version},
    server::START,
};

/// The vector of the libraries of Standard Webhooks.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const TIMESTAMP: i64 = 1_614_265_330;
const CONTENT: &str = "{\"test\": 2432232314}";
const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

struct Hooks;

/// The data of the vector.
#[derive(Debug, Input)]
struct Tested {
    #[input(range = 0..=5_000_000_000)]
    test: u64,
}

fn receiver() -> WebhookReceiver {
    WebhookReceiver::new(secret!(SECRET)).expect("a secret")
}

fn open(timestamp: i64, id: &str, signature: &str, content: &str) -> Result<Tested, WebhookError> {
    let clock = Clock::manual(TIMESTAMP);
    receiver().open(&clock, id, timestamp, signature, content.as_bytes())
}

#[test]
fn a_signature_is_that_of_the_published_vector() {
    assert_eq!(open(TIMESTAMP, ID, SIGNATURE, CONTENT).expect("it is signed").test, 2_432_232_314);
    let rotated = format!("v1,AAAA v1a,b64 {SIGNATURE}");
    assert!(open(TIMESTAMP, ID, &rotated, CONTENT).is_ok());
}

#[test]
fn what_is_not_signed_so_is_refused() {
    let bare = &SIGNATURE[3..];
    for (timestamp, id, signature, content) in [
        (TIMESTAMP + 1, ID, SIGNATURE, CONTENT),
        (TIMESTAMP, "msg_p5jXN8AQM9LWM0D4loKWxJel", SIGNATURE, CONTENT),
        (TIMESTAMP, ID, SIGNATURE, "{\"test\": 2432232315}"),
        (TIMESTAMP, ID, SIGNATURE, "{\"test\":2432232314}"),
        (TIMESTAMP, ID, bare, CONTENT),
        (TIMESTAMP, ID, "v1,", CONTENT),
        (TIMESTAMP, ID, "", CONTENT),
        (TIMESTAMP, ID, &format!("v1a,{bare}"), CONTENT),
        (TIMESTAMP, "", SIGNATURE, CONTENT),
        // What stands between two points belongs to one of both.
        (TIMESTAMP, "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330", SIGNATURE, CONTENT),
    ] {
        assert!(open(timestamp, id, signature, content).is_err(), "{timestamp} {id} {signature}");
    }
    let other =
        WebhookReceiver::new(secret!(WebhookSecret::generate().reveal())).expect("a secret");
    let clock = Clock::manual(TIMESTAMP);
    let open = |receiver: &WebhookReceiver| {
        receiver.open::<Tested>(&clock, ID, TIMESTAMP, SIGNATURE, CONTENT.as_bytes())
    };
    assert!(open(&other).is_err());
    assert!(open(&other.also(secret!(format!("{SECRET}\n"))).expect("a secret")).is_ok());
}

#[test]
fn what_is_older_than_five_minutes_is_refused() {
    for (off, is_taken) in [(300, true), (301, false), (-300, true), (-301, false)] {
        let clock = Clock::manual(TIMESTAMP + off);
        let opened: Result<Tested, _> =
            receiver().open(&clock, ID, TIMESTAMP, SIGNATURE, CONTENT.as_bytes());
        assert_eq!(opened.is_ok(), is_taken, "{off}");
    }
}

#[test]
fn a_secret_is_one_of_the_standard() {
    let secret: WebhookSecret = SECRET.parse().expect("a secret");
    assert_eq!(secret.reveal(), SECRET);
    assert_ne!(WebhookSecret::generate().reveal(), WebhookSecret::generate().reveal());
    for text in [
        "",
        "whsec_",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_?",
    ] {
        assert!(text.parse::<WebhookSecret>().is_err(), "{text}");
    }
    assert!(WebhookReceiver::new(secret!("no secret")).is_err());
    assert!(WebhookReceiver::new(SecretBytes::env("NOBODY_SETS_THIS")).is_err());
}

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
    let asked = peer.asked();
    assert_eq!(asked.len(), 2);
    for one in &asked {
        assert_eq!((&one.method, &*one.target), (&Method::POST, "/in?shop=1"));
        assert_eq!(one.header("webhook-id"), Some("evt_1"));
        assert_eq!(one.header("content-type"), Some("application/json"));
        let content: serde_json::Value = serde_json::from_str(&one.body).expect("JSON");
        assert_eq!(
            content,
            json!({
                "type": "order.paid", "timestamp": "2026-09-21T13:33:20Z", "data": { "order": "7" },
            })
        );
        let receiver = WebhookReceiver::new(secret!(secret.reveal())).expect("a secret");
        let header = |name: &str| one.header(name).expect("it is there");
        let timestamp = header("webhook-timestamp").parse().expect("seconds");
        let opened = receiver.open::<FreeJson<1000, 8, 100>>(
            &Clock::system(),
            "evt_1",
            timestamp,
            header("webhook-signature"),
            one.body.as_bytes(),
        );
        assert!(opened.is_ok());
    }
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
    let refused = hooks(peer.address, &other).deliver(&event(), &url, &WebhookSecret::generate());
    assert!(refused.await.is_err());
    assert_eq!(peer.times(), 0);
}

#[test]
fn an_event_has_an_id_without_points() {
    for id in ["", "a.b", "a b", "ä", "a\n"] {
        assert!(WebhookEvent::new(id, "a", &1, &Clock::manual(START)).is_err(), "{id:?}");
    }
}

/// The headers of a webhook.
#[derive(Input)]
struct Signed {
    #[input(name = "webhook-id", max_len = 128)]
    id: String,
    #[input(name = "webhook-timestamp", range = 0..=100_000_000_000)]
    timestamp: i64,
    #[input(name = "webhook-signature", max_len = 1000)]
    signature: String,
}

/// Takes what another service tells.
#[post(
    "/hooks",
    version = Version::V1..,
    public = "another service signs what it sends",
    accepts("application/json"),
    allow(cross_site, reason = "another service sends it, and no browser")
)]
async fn take(
    Headers(Signed { id, timestamp, signature }): Headers<Signed>,
    body: RawBody<1024>,
    receiver: Service<WebhookReceiver>,
    clock: Clock,
) -> Result<NoContent, WebhookError> {
    receiver.open::<Tested>(&clock, &id, timestamp, &signature, &body)?;
    Ok(NoContent)
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(600).per_minute(), routes(take))]
struct Taker;

#[tokio::test]
async fn a_handler_takes_what_is_signed() {
    let server = TestServer::of(Taker::app().service(receiver())).await;
    let send = async |signature: String, content: &'static str| {
        let request = server.request(Method::POST, "/v1/hooks").body(content);
        let request = request.header("content-type", "application/json").header("webhook-id", ID);
        let request = request.header("webhook-timestamp", START.to_string());
        Answer::of(request.header("webhook-signature", signature)).await
    };
    send(hmac_of(START, CONTENT), CONTENT).await.has_status(204);
    send(hmac_of(START + 1, CONTENT), CONTENT).await.is_problem(403);
    send(SIGNATURE.to_owned(), CONTENT).await.is_problem(403);
    send(hmac_of(START, "{}"), "{}").await.is_problem(422);
    send(hmac_of(START, "{"), "{").await.is_problem(400);
}

/// Signs as the standard has it, by the hand of the tests.
fn hmac_of(timestamp: i64, content: &str) -> String {
    use aws_lc_rs::hmac;
    use base64::{Engine, engine::general_purpose::STANDARD};

    let key = STANDARD.decode(&SECRET["whsec_".len()..]).expect("base64");
    let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
    let signature = hmac::sign(&key, format!("{ID}.{timestamp}.{content}").as_bytes());
    format!("v1,{}", STANDARD.encode(signature))
}
