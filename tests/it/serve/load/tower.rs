//! A small API whose answers take as long as a test wants: a tower with a bell.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use secure_api::prelude::*;
use tokio::{
    sync::{Notify, Semaphore},
    time::sleep,
};

#[derive(Role)]
pub(super) enum Role {
    Ringer,
}

#[derive(Version)]
pub(super) enum Version {
    V1,
}

/// The bytes of a long answer: more than the buffers of a socket.
pub(super) const LARGE: usize = 8 * 1024 * 1024;

/// The bell, which some wait for, and its four ropes.
#[derive(Clone)]
pub(super) struct Bell {
    pub(super) waiting: Arc<AtomicUsize>,
    rung: Arc<Notify>,
    ropes: Arc<Semaphore>,
}

impl Default for Bell {
    fn default() -> Self {
        let (waiting, rung) = Default::default();
        Self { waiting, rung, ropes: Arc::new(Semaphore::new(4)) }
    }
}

impl Bell {
    /// Rings for all who wait.
    pub(super) fn rings(&self) {
        self.rung.notify_waiters();
    }
}

/// Waits for the bell.
#[get("/bell", version = Version::V1, public = "everybody hears it")]
async fn bell(bell: Service<Bell>) -> Text<8> {
    let rung = bell.rung.notified();
    bell.waiting.fetch_add(1, Ordering::SeqCst);
    rung.await;
    bell.waiting.fetch_sub(1, Ordering::SeqCst);
    Text::new("it rang")
}

/// Pulls a rope, once there is one.
#[get("/rope", version = Version::V1, role = Role::Ringer)]
async fn rope(bell: Service<Bell>) -> Text<8> {
    let _rope = bell.ropes.acquire().await;
    sleep(Duration::from_millis(20)).await;
    Text::new("it rings")
}

/// Has something inscribed.
#[post("/inscriptions", version = Version::V1, public = "whoever can write")]
async fn inscribe(_text: TextBody<100_000>) -> Accepted {
    Accepted
}

/// Tells all that happened here.
#[get("/history", version = Version::V1, public = "everybody may know")]
async fn history() -> Text<LARGE> {
    Text::new("a".repeat(LARGE))
}

/// Has all of it copied.
#[post("/copies", version = Version::V1, public = "whoever can read")]
async fn copy() -> Text<LARGE> {
    Text::new("a".repeat(LARGE))
}

/// A tower.
#[api(roles = Role, versions = Version, limit = Limit::per_address(100_000).per_second(),
      routes(bell, rope, inscribe, history, copy))]
pub(super) struct Tower;
