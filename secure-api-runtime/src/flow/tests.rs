//! The promises of steps and keys as records, in the memory of one process.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};

use super::{
    After, KEY_TTL, OperationName,
    claim::{Claim, Hold},
    kept::{Kept, Sight},
    repetition::{Begun, Keys},
    step::Steps,
};
use crate::{
    clock::Clock,
    ledger::{AppLedger, Memory, Name, Own},
    rendered::Rendered,
    secret::AppSecret,
};

mod slow;

use slow::Slow;

const AFTER: After = After {
    step: OperationName::new(1, "shop", "checkout", 1),
    within: Duration::from_secs(60),
    at_least: Duration::from_secs(2),
};
const LEASE: Duration = Duration::from_secs(40);
const HELD: &str = "the step before is being used by another request";

/// A caller with one step and one key.
struct Alice {
    ledger: AppLedger,
    clock: Clock,
}

impl Alice {
    fn new() -> Self {
        let clock = Clock::manual(0);
        Self { ledger: AppLedger::in_memory(Memory::new(clock.clone())), clock }
    }

    /// Makes one whose ledger is far away, so that others get between its answers.
    fn far() -> Self {
        let clock = Clock::manual(0);
        let far = Box::new(Own(Slow(Memory::new(clock.clone()))));
        Self { ledger: AppLedger::new(&AppSecret::random(), Some(far), clock.clone()), clock }
    }

    fn name(&self, text: &str) -> Name {
        self.ledger.name(&[text])
    }

    fn steps(&self) -> Steps<'_> {
        Steps { ledger: &self.ledger, holder: self.name("alice") }
    }

    fn keys(&self) -> Keys<'_> {
        Keys { ledger: &self.ledger, holder: self.name("alice") }
    }

    fn passes(&self, time: Duration) {
        self.clock.advance(time);
    }

    async fn done(&self) {
        self.steps().done(self.name("step"), AFTER.within).await.expect("room");
    }

    async fn take(&self) -> Result<Claim, &'static str> {
        let hold = Hold::new(&self.ledger, LEASE);
        let taken = self.steps().take(self.name("step"), &AFTER, hold).await;
        taken.expect("a decision").map(|()| hold.claim)
    }

    async fn give_back(&self, claim: Claim) {
        self.steps().give_back(self.name("step"), claim).await.expect("an answer");
    }

    async fn use_up(&self, claim: Claim) {
        self.steps().use_up(self.name("step"), claim).await.expect("an answer");
    }

    /// Begins the key for a content.
    async fn begin(&self, content: &str) -> Result<Claim, Begun> {
        let hold = Hold::new(&self.ledger, LEASE);
        let content = self.name(content);
        match self.keys().begin(self.name("key"), content, hold).await.expect("a decision") {
            Begun::Held => Ok(hold.claim),
            begun => Err(begun),
        }
    }

    async fn finish(&self, claim: Claim, answer: Kept) {
        self.keys().finish(self.name("key"), claim, answer).await.expect("an answer");
    }
}

const SECOND: Duration = Duration::from_secs(1);

// R68 R71: a step counts from its dwell time on, until its end.
#[tokio::test]
async fn a_step_has_a_time() {
    let alice = Alice::new();
    assert_eq!(alice.take().await, Err("the step before was not done"));
    alice.done().await;
    let early = Err("the step before was done too recently");
    let late = Err("the step before was done too long ago");
    for (millis, refused) in [
        (0, Some(early)),
        (1999, Some(early)),
        (1, None),
        (57_999, None),
        (1, Some(late)),
        (10_000, Some(Err("the step before was not done"))),
    ] {
        alice.passes(Duration::from_millis(millis));
        let taken = alice.take().await;
        match refused {
            Some(refused) => assert_eq!(taken, refused),
            None => alice.give_back(taken.expect("it counts")).await,
        }
    }
}

// R70: only one holds it, and once it was used it is gone.
#[tokio::test]
async fn a_step_is_used_once() {
    let alice = Alice::new();
    alice.done().await;
    alice.passes(3 * SECOND);
    let claim = alice.take().await.expect("it was done");
    assert_eq!(alice.take().await, Err(HELD));
    alice.give_back(claim).await;
    let claim = alice.take().await.expect("it was given back");
    alice.use_up(claim).await;
    assert_eq!(alice.take().await, Err("the step before was not done"));
    alice.done().await;
    alice.passes(3 * SECOND);
    // Whoever held an earlier one has no say over this one.
    alice.use_up(claim).await;
    let again = alice.take().await.expect("it was done again");
    alice.give_back(claim).await;
    assert_eq!(alice.take().await, Err(HELD), "held by {again:?}");
}

// R70
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_at_once_one_holds_the_step() {
    let alice = std::sync::Arc::new(Alice::far());
    for _ in 0..20 {
        alice.done().await;
        alice.passes(3 * SECOND);
        let tried = (0..16).map(|_| {
            let alice = std::sync::Arc::clone(&alice);
            tokio::spawn(async move { alice.take().await.is_ok() })
        });
        let mut held = 0;
        for tried in tried.collect::<Vec<_>>() {
            held += usize::from(tried.await.expect("no panic"));
        }
        assert_eq!(held, 1);
    }
}

// R70: a request whose machine is gone has used the step up, as far as anybody knows.
#[tokio::test]
async fn a_lease_that_ends_frees_no_step() {
    let alice = Alice::new();
    alice.done().await;
    alice.passes(3 * SECOND);
    let claim = alice.take().await.expect("it was done");
    alice.passes(LEASE - SECOND);
    assert_eq!(alice.take().await, Err(HELD));
    alice.passes(SECOND);
    let silent = "the request that used the step before ended without a word";
    assert_eq!(alice.take().await, Err(silent));
    // It was slow only, and says that it has not used it.
    alice.give_back(claim).await;
    let claim = alice.take().await.expect("it was given back");
    alice.passes(LEASE);
    assert!(alice.take().await.is_err());
    alice.done().await;
    alice.passes(3 * SECOND);
    assert!(alice.take().await.is_ok(), "it was done again");
    alice.use_up(claim).await;
    assert_eq!(alice.take().await, Err(HELD));
}

// R68: what is begun keeps its room, and is not done.
#[tokio::test]
async fn a_step_that_is_begun_is_not_done() {
    let alice = Alice::new();
    alice.steps().reserve(alice.name("step"), LEASE).await.expect("room");
    alice.passes(3 * SECOND);
    assert_eq!(alice.take().await, Err("the step before was not done"));
    alice.done().await;
    alice.passes(3 * SECOND);
    alice.steps().reserve(alice.name("step"), LEASE).await.expect("room");
    assert!(alice.take().await.is_ok(), "that it is done again changes nothing before it was");
}

fn answer(content: usize) -> Kept {
    let media = HeaderValue::from_static("application/json");
    let content = Bytes::from(vec![b'x'; content]);
    let mut rendered = Rendered::of(StatusCode::CREATED, media, content);
    rendered.field(header::LOCATION, HeaderValue::from_static("/v1/orders/1"));
    rendered.field(header::SET_COOKIE, HeaderValue::from_static("a=b"));
    rendered.field(header::SET_COOKIE, HeaderValue::from_bytes(b"c=\xe4").expect("a value"));
    Kept::Answer { rendered: Box::new(rendered), sight: Sight::of([Some("Own"), None]) }
}

// R116
#[tokio::test]
async fn a_key_is_held_then_done_then_forgotten() {
    let alice = Alice::new();
    let claim = alice.begin("a").await.expect("a new key");
    assert!(matches!(alice.begin("a").await, Err(Begun::InFlight)));
    assert!(matches!(alice.begin("b").await, Err(Begun::Mismatch)));
    alice.finish(claim, answer(1000)).await;
    alice.passes(KEY_TTL - SECOND);
    let Err(Begun::Done(Kept::Answer { rendered, sight })) = alice.begin("a").await else {
        panic!("the answer is kept")
    };
    let Kept::Answer { rendered: first, sight: seen } = answer(1000) else { unreachable!() };
    assert_eq!((rendered.status(), rendered.content()), (first.status(), first.content()));
    assert_eq!(rendered.fields(), first.fields());
    assert_eq!(sight, seen);
    for other in [[None, Some("Own")], [Some("Ow"), None], [None, None], [Some("Own"), Some("")]] {
        assert_ne!(sight, Sight::of(other));
    }
    assert!(matches!(alice.begin("b").await, Err(Begun::Mismatch)));
    alice.passes(SECOND);
    alice.begin("b").await.expect("it was forgotten");
}

// R116: what failed leaves the key free.
#[tokio::test]
async fn a_key_that_is_let_go_of_is_new_again() {
    let alice = Alice::new();
    let claim = alice.begin("a").await.expect("a new key");
    let abandon = async || alice.keys().abandon(alice.name("key"), claim).await;
    abandon().await.expect("an answer");
    let again = alice.begin("a").await.expect("a new key");
    // Whoever held it before has no say any more.
    abandon().await.expect("an answer");
    alice.finish(claim, Kept::TooLarge).await;
    assert!(matches!(alice.begin("a").await, Err(Begun::InFlight)), "held by {again:?}");
}

// R116: nobody knows how far a request came whose machine is gone, so its key is not free.
#[tokio::test]
async fn a_lease_that_ends_leaves_the_key_undecided() {
    let alice = Alice::new();
    let claim = alice.begin("a").await.expect("a new key");
    alice.passes(LEASE - SECOND);
    assert!(matches!(alice.begin("a").await, Err(Begun::InFlight)));
    alice.passes(SECOND);
    assert!(matches!(alice.begin("a").await, Err(Begun::Done(Kept::Undecided))));
    assert!(matches!(alice.begin("b").await, Err(Begun::Mismatch)));
    // It was slow only.
    alice.finish(claim, Kept::OwnersView).await;
    assert!(matches!(alice.begin("a").await, Err(Begun::Done(Kept::OwnersView))));
}

// R116: as many at once as there are, one has the key.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_at_once_one_holds_the_key() {
    let alice = std::sync::Arc::new(Alice::far());
    for _ in 0..20 {
        let tried = (0..16).map(|_| {
            let alice = std::sync::Arc::clone(&alice);
            tokio::spawn(async move { alice.begin("a").await.is_ok() })
        });
        let mut held = 0;
        for tried in tried.collect::<Vec<_>>() {
            held += usize::from(tried.await.expect("no panic"));
        }
        assert_eq!(held, 1);
        alice.passes(KEY_TTL);
    }
}
