//! Webhooks whose handler failed: the same message is taken again, and one that was handled is not.

use std::sync::{
    Arc,
    atomic::{AtomicU8, AtomicUsize, Ordering},
};

use secure_api::{
    client::{Webhook, WebhookReceiver, WebhookSecret},
    prelude::*,
    testing::{self, Client, json, secret},
};
use tokio::sync::Notify;

use crate::support::model::{Role, Version};

struct Sender;

/// The content of a message.
#[derive(Debug, Input)]
struct Told {
    #[input(range = 0..=9)]
    number: u8,
}

/// The ways in which the handler ends.
const DONE: u8 = 0;
const FAILS: u8 = 1;
const PANICS: u8 = 2;
const REFUSES: u8 = 3;
const HANGS: u8 = 4;
const WAITS: u8 = 5;

/// The fate of the next message, and the messages that were handled so far.
#[derive(Clone, Default)]
struct Fate(Arc<AtomicU8>, Arc<AtomicUsize>, Arc<Notify>);

#[derive(ApiError)]
enum HookError {
    #[problem(status = 503, title = "The till is closed", retry_after = 5)]
    Failed,
    #[problem(status = 409, title = "It is sold out")]
    Refused,
}

/// Takes what the sender tells.
#[post("/hooks", version = Version::V1.., public = "another service signs what it sends", timeout = std::time::Duration::from_millis(200))]
async fn take(
    hook: Webhook<Sender>,
    fate: Service<Fate>,
    Json(told): Json<Told>,
) -> Result<NoContent, HookError> {
    assert_eq!((hook.id(), told.number), ("msg_1", 7));
    match fate.0.load(Ordering::SeqCst) {
        FAILS => return Err(HookError::Failed),
        PANICS => panic!("the till fell"),
        REFUSES => return Err(HookError::Refused),
        HANGS => std::future::pending().await,
        WAITS => fate.2.notified().await,
        _ => {}
    }
    fate.1.fetch_add(1, Ordering::SeqCst);
    Ok(NoContent)
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(600).per_minute(), allow(unused_role, reason = "a service has no role"), routes(take))]
struct Taker;

fn taking(fate: &Fate) -> (Client, WebhookSecret) {
    let key = WebhookSecret::generate();
    let receiver = WebhookReceiver::<Sender>::new(secret!(key.reveal())).expect("a secret");
    let app = Taker::app().service(receiver).service(fate.clone());
    (testing::client(app).expect("an app that starts"), key)
}

async fn send(client: &Client, key: &WebhookSecret) -> u16 {
    let hook = client.post("/v1/hooks").json(json!({ "number": 7 }));
    hook.webhook("msg_1", key).await.status()
}

#[tokio::test]
async fn a_message_whose_handler_failed_is_taken_again_as_it_is() {
    for (ends, status) in [(FAILS, 503), (PANICS, 500), (HANGS, 503)] {
        let fate = Fate::default();
        let (client, key) = taking(&fate);
        for _ in 0..2 {
            fate.0.store(ends, Ordering::SeqCst);
            assert_eq!(send(&client, &key).await, status);
        }
        fate.0.store(DONE, Ordering::SeqCst);
        assert_eq!(send(&client, &key).await, 204, "it was not handled by then");
        assert_eq!(send(&client, &key).await, 403, "it is by now");
        assert_eq!(fate.1.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn a_message_that_was_refused_is_not_taken_again() {
    let fate = Fate::default();
    let (client, key) = taking(&fate);
    fate.0.store(REFUSES, Ordering::SeqCst);
    assert_eq!(send(&client, &key).await, 409);
    fate.0.store(DONE, Ordering::SeqCst);
    assert_eq!(send(&client, &key).await, 403);
}

#[tokio::test]
async fn of_two_at_one_time_one_is_handled() {
    let fate = Fate::default();
    let (client, key) = taking(&fate);
    fate.0.store(WAITS, Ordering::SeqCst);
    let (one, again) = tokio::join!(send(&client, &key), async {
        tokio::task::yield_now().await;
        let status = send(&client, &key).await;
        fate.2.notify_one();
        status
    });
    assert_eq!((one, again), (204, 403));
    assert_eq!(fate.1.load(Ordering::SeqCst), 1);
}
