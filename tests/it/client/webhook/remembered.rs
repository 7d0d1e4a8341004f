//! Webhooks that are remembered: which of them are the same, and what is taken where nobody can tell.

use std::sync::atomic::Ordering;

use reqwest::Method;
use secure_api::{
    client::{Webhook, WebhookReceiver, WebhookSecret},
    ledger::Memory,
    prelude::*,
    testing::secret,
};

use super::signature;
use crate::support::{
    Answer, TestServer,
    hooked::{Hooked, Operation},
    model::{Role, Version},
    server::START,
    store::Db,
};

struct Bank;

struct Carrier;

/// Takes what the bank tells.
#[post("/hooks/bank", version = Version::V1.., public = "the bank signs what it sends")]
async fn take_of_bank(_hook: Webhook<Bank>, _told: TextBody<40>) -> NoContent {
    NoContent
}

/// Takes what the carrier tells.
#[post("/hooks/carrier", version = Version::V1.., public = "the carrier signs what it sends")]
async fn take_of_carrier(_hook: Webhook<Carrier>, _told: TextBody<40>) -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(600).per_minute(), allow(unused_role, reason = "a service has no role"), routes(take_of_bank, take_of_carrier))]
struct Taker;

/// An app that takes the webhooks of both, who have one secret, so that nothing but their names tells them apart.
async fn taking(ledger: Hooked, secret: &WebhookSecret) -> TestServer {
    let clock = Clock::manual(START);
    let app = Taker::app()
        .service(WebhookReceiver::<Bank>::new(secret!(secret.reveal())).expect("a secret"))
        .service(WebhookReceiver::<Carrier>::new(secret!(secret.reveal())).expect("a secret"))
        .secret(secret!([7; 32]))
        .ledger(ledger)
        .clock(clock.clone());
    TestServer::run(app.build().expect("it starts"), Db::default(), clock).await
}

/// Sends a webhook of this id, signed now, and returns the status of the answer.
async fn send(server: &TestServer, secret: &WebhookSecret, from: &str, id: &str) -> u16 {
    send_behind(server, secret, from, id, 0).await
}

/// Sends one whose signature stands behind so many others.
async fn send_behind(
    server: &TestServer,
    secret: &WebhookSecret,
    from: &str,
    id: &str,
    others: usize,
) -> u16 {
    let signed = signature(secret, &format!("{id}.{START}.told"));
    let signed = "v1,AAAA ".repeat(others) + &signed;
    let request = server.request(Method::POST, &format!("/v1/hooks/{from}"));
    let request = request.header("content-type", "text/plain").body("told");
    let request = request.header("webhook-id", id).header("webhook-timestamp", START);
    Answer::of(request.header("webhook-signature", signed)).await.status
}

#[tokio::test]
async fn a_message_is_one_of_its_sender_with_its_id() {
    let (ledger, _) = Hooked::switched(Memory::new(Clock::manual(START)), |_| false);
    let secret = WebhookSecret::generate();
    let server = taking(ledger, &secret).await;
    for (from, id, status) in [
        ("bank", "msg_1", 204),
        ("bank", "msg_1", 403),
        // Another one of the same second.
        ("bank", "msg_2", 204),
        // What one sender says takes nothing from another.
        ("carrier", "msg_1", 204),
        ("carrier", "msg_1", 403),
        ("bank", "MSG_1", 204),
    ] {
        assert_eq!(send(&server, &secret, from, id).await, status, "{from} {id}");
    }
}

#[tokio::test]
async fn nothing_is_taken_while_nobody_knows_what_came_before() {
    let memory = Memory::new(Clock::manual(START));
    let (ledger, is_out) = Hooked::switched(memory, |asked| asked == Operation::Insert);
    let secret = WebhookSecret::generate();
    let server = taking(ledger, &secret).await;
    is_out.store(true, Ordering::SeqCst);
    assert_eq!(send(&server, &secret, "bank", "msg_1").await, 503);
    is_out.store(false, Ordering::SeqCst);
    assert_eq!(send(&server, &secret, "bank", "msg_1").await, 204);
    assert_eq!(send(&server, &secret, "bank", "msg_1").await, 403);
}

#[tokio::test]
async fn an_id_and_the_signatures_have_bounds() {
    let (ledger, _) = Hooked::switched(Memory::new(Clock::manual(START)), |_| false);
    let secret = WebhookSecret::generate();
    let server = taking(ledger, &secret).await;
    for (letters, status) in [(128, 204), (129, 403), (10_000, 403)] {
        assert_eq!(send(&server, &secret, "bank", &"a".repeat(letters)).await, status, "{letters}");
    }
    for (others, status) in [(7, 204), (8, 403), (500, 403)] {
        let id = format!("msg_{others}");
        assert_eq!(send_behind(&server, &secret, "bank", &id, others).await, status, "{others}");
    }
}
