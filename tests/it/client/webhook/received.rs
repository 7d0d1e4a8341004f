//! Webhooks of another service: what comes is taken only where somebody who may send it signed it, and only once.

use std::time::Duration;

use reqwest::Method;
use secure_api::{
    client::{Webhook, WebhookReceiver, WebhookSecret},
    manage::Manage,
    prelude::*,
    testing::secret,
};

use super::signature;
use crate::{
    manage::{ask, at},
    support::{
        Answer, TestServer,
        model::{Role, Version},
        store::Db,
    },
};

/// The vector of the libraries of Standard Webhooks.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const TIMESTAMP: i64 = 1_614_265_330;
const CONTENT: &str = "{\"test\": 2432232314}";
const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

/// The data of the vector.
#[derive(Debug, Input)]
struct Tested {
    #[input(range = 0..=5_000_000_000)]
    test: u64,
}

/// The service of the vector.
struct Sender;

/// Takes what it tells.
#[post("/hooks", version = Version::V1.., public = "another service signs what it sends")]
async fn take(hook: Webhook<Sender>, Json(tested): Json<Tested>) -> NoContent {
    assert_eq!((hook.id(), tested.test), (ID, 2_432_232_314));
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(600).per_minute(), allow(unused_role, reason = "a service has no role"), routes(take))]
struct Taker;

fn receiver() -> WebhookReceiver<Sender> {
    WebhookReceiver::new(secret!(SECRET)).expect("a secret")
}

/// An app that takes the webhooks of a receiver, some time after that of the vector.
async fn taking(receiver: WebhookReceiver<Sender>, after: i64) -> TestServer {
    let clock = Clock::manual(TIMESTAMP + after);
    let app = Taker::app().service(receiver).clock(clock.clone()).build().expect("it starts");
    TestServer::run(app, Db::default(), clock).await
}

/// Sends it a webhook with these headers, and returns the status of the answer.
async fn send(server: &TestServer, headers: &[(&str, &str)], content: &str) -> u16 {
    let request = server.request(Method::POST, "/v1/hooks").body(content.to_owned());
    let request = request.header("content-type", "application/json");
    let add = |request: reqwest::RequestBuilder, (name, value): &(&str, &str)| {
        request.header(*name, *value)
    };
    Answer::of(headers.iter().fold(request, add)).await.status
}

/// The headers of a webhook.
fn headers<'a>(id: &'a str, timestamp: &'a str, signature: &'a str) -> [(&'a str, &'a str); 3] {
    [("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", signature)]
}

#[tokio::test]
async fn what_is_signed_as_the_published_vector_is_taken() {
    let server = taking(receiver(), 0).await;
    let timestamp = TIMESTAMP.to_string();
    assert_eq!(send(&server, &headers(ID, &timestamp, SIGNATURE), CONTENT).await, 204);
    // While a sender changes its secret it signs with both.
    let rotated = format!("v1,AAAA v1a,b64 {SIGNATURE}");
    let server = taking(receiver(), 0).await;
    assert_eq!(send(&server, &headers(ID, &timestamp, &rotated), CONTENT).await, 204);
    let other = secret!(WebhookSecret::generate().reveal());
    let other = WebhookReceiver::<Sender>::new(other).expect("a secret");
    let both = other.also(secret!(format!("{SECRET}\n"))).expect("a secret");
    let server = taking(both, 0).await;
    assert_eq!(send(&server, &headers(ID, &timestamp, SIGNATURE), CONTENT).await, 204);
}

#[tokio::test]
async fn what_is_not_signed_so_is_refused() {
    let server = taking(receiver(), 0).await;
    let (bare, now, later) =
        (&SIGNATURE[3..], &*TIMESTAMP.to_string(), &*(TIMESTAMP + 1).to_string());
    for (sent, content) in [
        (headers(ID, later, SIGNATURE), CONTENT),
        (headers("msg_p5jXN8AQM9LWM0D4loKWxJel", now, SIGNATURE), CONTENT),
        (headers(ID, now, SIGNATURE), "{\"test\": 2432232315}"),
        (headers(ID, now, SIGNATURE), "{\"test\":2432232314}"),
        (headers(ID, now, SIGNATURE), "no JSON"),
        (headers(ID, now, bare), CONTENT),
        (headers(ID, now, "v1,"), CONTENT),
        (headers(ID, now, ""), CONTENT),
        (headers(ID, now, &format!("v1a,{bare}")), CONTENT),
        (headers("", now, SIGNATURE), CONTENT),
        (headers(ID, "", SIGNATURE), CONTENT),
        // The same number, in a text that nobody signed.
        (headers(ID, &format!("+{now}"), SIGNATURE), CONTENT),
        (headers(ID, &format!("0{now}"), SIGNATURE), CONTENT),
        // What stands between two points belongs to one of both.
        (headers(&format!("{ID}.{now}"), now, SIGNATURE), CONTENT),
    ] {
        assert_eq!(send(&server, &sent, content).await, 403, "{sent:?} {content}");
    }
    let all = headers(ID, now, SIGNATURE);
    for left_out in 0..all.len() {
        let some: Vec<_> = (0..all.len()).filter(|at| *at != left_out).map(|at| all[at]).collect();
        assert_eq!(send(&server, &some, CONTENT).await, 403);
        let twice = [&all[..], &[all[left_out]]].concat();
        assert_eq!(send(&server, &twice, CONTENT).await, 403);
    }
    let other = WebhookReceiver::new(secret!(WebhookSecret::generate().reveal()));
    let server = taking(other.expect("a secret"), 0).await;
    assert_eq!(send(&server, &all, CONTENT).await, 403);
}

#[tokio::test]
async fn what_came_before_is_refused_until_it_is_too_old_anyway() {
    let server = taking(receiver(), 0).await;
    let first = TIMESTAMP.to_string();
    let all = headers(ID, &first, SIGNATURE);
    assert_eq!(send(&server, &all, "no JSON").await, 403, "nobody signed that");
    assert_eq!(send(&server, &all, CONTENT).await, 204);
    for after in [0, 1, 299] {
        server.clock.advance(Duration::from_secs(after));
        assert_eq!(send(&server, &all, CONTENT).await, 403, "{after}");
    }
    // Another attempt of the sender is signed with the time of that.
    let secret: WebhookSecret = SECRET.parse().expect("a secret");
    let again = (TIMESTAMP + 300).to_string();
    let signed = signature(&secret, &format!("{ID}.{again}.{CONTENT}"));
    let again = headers(ID, &again, &signed);
    assert_eq!(send(&server, &again, CONTENT).await, 204);
    assert_eq!(send(&server, &again, CONTENT).await, 403);
    server.clock.advance(Duration::from_secs(1));
    assert_eq!(send(&server, &all, CONTENT).await, 403, "it is too old");
}

#[tokio::test]
async fn what_is_refused_is_counted_as_a_webhook() {
    let clock = Clock::manual(TIMESTAMP);
    let app = Taker::app().service(receiver()).manage(Manage::at("127.0.0.1:0"));
    let app = app.clock(clock.clone()).build().expect("it starts");
    let server = TestServer::run(app, Db::default(), clock).await;
    let now = TIMESTAMP.to_string();
    let all = headers(ID, &now, SIGNATURE);
    for (content, status) in [("no JSON", 403), (CONTENT, 204), (CONTENT, 403)] {
        assert_eq!(send(&server, &all, content).await, status, "{content}");
    }
    let counts = ask(at(&server), "/metrics", "").await.body;
    let of = "stage=\"webhook\",problem=\"urn:problem-type:secure-api:forbidden\"";
    let line = format!("secure_api_refusals_total{{{of}}} 2");
    assert!(counts.lines().any(|other| other == line), "{counts}");
}

#[tokio::test]
async fn what_is_older_than_five_minutes_is_refused() {
    for (after, status) in [(300, 204), (301, 403), (-300, 204), (-301, 403)] {
        let server = taking(receiver(), after).await;
        let now = TIMESTAMP.to_string();
        let told = send(&server, &headers(ID, &now, SIGNATURE), CONTENT).await;
        assert_eq!(told, status, "{after}");
    }
}

#[test]
fn the_documents_ask_for_the_signature() {
    let app = Taker::app().service(receiver()).build().expect("it starts");
    let document = secure_api::docs::openapi_json(app.model(), "v1").expect("a document");
    let document: serde_json::Value = serde_json::from_str(&document).expect("JSON");
    let operation = &document["paths"]["/v1/hooks"]["post"];
    let parameters = operation["parameters"].as_array().expect("a list");
    let names: Vec<_> = parameters.iter().map(|one| one["name"].as_str().expect("text")).collect();
    assert_eq!(names[..3], ["webhook-id", "webhook-timestamp", "webhook-signature"]);
    assert!(parameters[..3].iter().all(|one| one["in"] == "header" && one["required"] == true));
    assert!(operation["responses"]["403"].is_object(), "{operation}");
}

#[test]
fn an_app_without_the_receiver_does_not_start() {
    let refused = Taker::app().build().map(|_| ()).expect_err("there is none");
    assert_eq!(refused.problems()[0].code, "SA011");
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
    for secret in [secret!("no secret"), SecretBytes::env("NOBODY_SETS_THIS")] {
        let refused = WebhookReceiver::<Sender>::new(secret).map(|_| ()).expect_err("no secret");
        assert_eq!(refused.problems()[0].code, "SA177");
    }
}

#[tokio::test]
async fn what_nobody_here_can_sign_is_said_to_be_untested() {
    let verified = secure_api::testing::verify(Taker::app().service(receiver())).report().await;
    let verified = verified.expect("an app that starts");
    assert!(verified.broken.is_empty(), "{verified}");
    let reason = "left out: it takes what another service signs";
    assert!(verified.untested.iter().any(|one| one.reason == reason), "{verified}");
}
