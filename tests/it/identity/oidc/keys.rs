//! The provider's keys, and how they change.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::task::JoinHandle;

use super::{Api, DUE, INTERVAL, Oidc, before, status};

/// The requests that are served before each change: some of each worker.
const LOAD: usize = 48;

// R6, R7
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "scripts/check-provider runs it"]
async fn keys_rotate_under_load_without_one_failed_request() {
    let (oidc, stop) = (Arc::new(Oidc::start().await), Arc::new(AtomicBool::new(false)));
    let server = Arc::new(before(&oidc).await);
    let (served, rotated) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let worker = || {
        let (oidc, server, stop) = (Arc::clone(&oidc), Arc::clone(&server), Arc::clone(&stop));
        let (served, rotated) = (Arc::clone(&served), Arc::clone(&rotated));
        tokio::spawn(async move {
            let old = oidc.token("robot", Api::Jwt).await;
            while !stop.load(Ordering::Relaxed) {
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
    // As much load as is asked for, however fast the machine is. A worker that saw a failure has ended, and is told of below.
    let loaded = async || {
        let enough = served.load(Ordering::Relaxed) + LOAD;
        while served.load(Ordering::Relaxed) < enough
            && !workers.iter().any(JoinHandle::is_finished)
        {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
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
    loaded().await;
    stop.store(true, Ordering::Relaxed);
    for worker in workers {
        worker.await.expect("a worker that saw no failure");
    }
    let served = served.load(Ordering::Relaxed);
    println!("six rotations, {served} requests, none failed");
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
