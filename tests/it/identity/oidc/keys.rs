//! The provider's keys, and how they change.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{sync::Semaphore, task::JoinHandle};

use super::{Api, DUE, INTERVAL, Oidc, before, status};

/// The requests between two changes: some of each worker, and fewer than the limit of their caller.
const LOAD: usize = 48;

// R6, R7
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "scripts/check-provider runs it"]
async fn keys_rotate_under_load_without_one_failed_request() {
    let oidc = Arc::new(Oidc::start().await);
    let server = Arc::new(before(&oidc).await);
    let (served, rotated) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let load = Arc::new(Semaphore::new(0));
    let worker = || {
        let (oidc, server, load) = (Arc::clone(&oidc), Arc::clone(&server), Arc::clone(&load));
        let (served, rotated) = (Arc::clone(&served), Arc::clone(&rotated));
        tokio::spawn(async move {
            let old = oidc.token("robot", Api::Jwt).await;
            // A pair of requests at a time, until there are no more.
            while let Ok(pair) = load.acquire_many(2).await {
                pair.forget();
                let new = oidc.token("robot", Api::Jwt).await;
                for (age, token) in [("new", &new), ("old", &old)] {
                    let status = status(&server, token).await;
                    let rotation = rotated.load(Ordering::Relaxed);
                    assert_eq!(status, 200, "a {age} token failed after rotation {rotation}");
                    served.fetch_add(1, Ordering::Relaxed);
                }
            }
        })
    };
    let workers: Vec<_> = (0..8).map(|_| worker()).collect();
    // However fast the machine is, as many requests are served before a change, and as many are under way during it. A worker
    // that saw a failure has ended, and is told of below.
    let reaches = async |wanted: usize| {
        let has_ended = || workers.iter().any(JoinHandle::is_finished);
        while served.load(Ordering::Relaxed) < wanted && !has_ended() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let mut asked = 0;
    let mut loaded = async || {
        asked += LOAD;
        load.add_permits(LOAD);
        reaches(asked - LOAD / 2).await;
        asked
    };
    for rotation in 1..=6 {
        loaded().await;
        server.clock.advance(INTERVAL);
        rotated.store(rotation, Ordering::Relaxed);
        // Of a provider that publishes a key and signs with it at once, and of one that publishes it before.
        if rotation % 2 == 0 {
            oidc.told("publish").await;
            server.clock.advance(DUE);
            loaded().await;
            oidc.told("sign").await;
        } else {
            oidc.told("rotate").await;
        }
    }
    let all = loaded().await;
    reaches(all).await;
    load.close();
    for worker in workers {
        worker.await.expect("a worker that saw no failure");
    }
    assert_eq!(served.load(Ordering::Relaxed), all);
}

// R6
#[tokio::test]
#[ignore = "scripts/check-provider runs it"]
async fn tokens_of_a_key_that_was_removed_are_refused() {
    let oidc = Oidc::start().await;
    let server = before(&oidc).await;
    let (remembered, unseen) =
        (oidc.token("robot", Api::Jwt).await, oidc.token("robot", Api::Jwt).await);
    assert_eq!(status(&server, &remembered).await, 200);
    oidc.told("rotate").await;
    oidc.told("withdraw").await;
    server.clock.advance(DUE);
    let new = oidc.token("robot", Api::Jwt).await;
    assert_eq!(status(&server, &new).await, 200);
    // Nobody has looked for its key since; once somebody has, it is known to be nobody's.
    assert_ne!(
        status(&server, &remembered).await,
        200,
        "a token that was seen before its key went"
    );
    assert_ne!(status(&server, &unseen).await, 200, "one that was not");
    server.clock.advance(INTERVAL);
    assert_eq!(
        status(&server, &remembered).await,
        401,
        "a token that was seen before its key went"
    );
    assert_eq!(status(&server, &unseen).await, 401, "one that was not");
    assert_eq!(status(&server, &new).await, 200);
}
