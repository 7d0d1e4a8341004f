//! The line to a Redis: one connection that all share, and one task that makes it again.

use std::{
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::{Duration, Instant},
};

use redis::aio::MultiplexedConnection;
use tokio::{
    sync::Notify,
    time::{sleep, timeout},
};

use super::{connect, options::Options};
use crate::ledger::LedgerError;

/// The longest that one attempt to connect takes.
const CONNECT: Duration = Duration::from_secs(2);
/// The pause after the first attempt that fails. Each further one is twice as long, up to the longest, and by a half shorter or
/// longer, so that machines do not come back all at once.
const PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// The deadlines after which a Redis that has said nothing is taken for gone.
const SILENT_FOR: u32 = 4;

/// The line to a Redis.
///
/// The first who asks begins it. Whoever asks while it is made for the first time, or anew right after it broke, waits for it within
/// their deadline; after one attempt that failed, everybody is told at once.
#[derive(Default)]
pub(super) struct Line {
    state: Mutex<State>,
    /// Told when the state is another.
    changed: Notify,
    /// Told when the connection has to be made anew.
    broken: Arc<Notify>,
    /// The time of the first question since the last answer that was waited for in vain.
    silent_since: Mutex<Option<Instant>>,
}

#[derive(Default)]
enum State {
    /// Nobody has asked yet, or the runtime that it ran on is gone.
    #[default]
    Idle,
    Opening,
    Open(MultiplexedConnection),
    /// The reason for which it cannot be had.
    Closed(Arc<str>),
}

impl Line {
    /// Returns the connection, as soon as there is one.
    pub(super) async fn connection(
        self: &Arc<Self>,
        options: &Arc<Options>,
    ) -> Result<MultiplexedConnection, LedgerError> {
        loop {
            let mut changed = std::pin::pin!(self.changed.notified());
            // Before the state is read, so that no change is missed.
            changed.as_mut().enable();
            match &mut *self.state() {
                State::Open(connection) => return Ok(connection.clone()),
                State::Closed(why) => return Err(LedgerError::new(&**why)),
                State::Opening => {}
                state @ State::Idle => {
                    *state = State::Opening;
                    tokio::spawn(keep(Arc::downgrade(self), Arc::clone(options)));
                }
            }
            changed.await;
        }
    }

    /// Notes that an answer came.
    pub(super) fn answered(&self) {
        let mut since = self.silent_since.lock().unwrap_or_else(PoisonError::into_inner);
        *since = None;
    }

    /// Notes that an answer did not come in time. After a few deadlines without any the connection is made anew, so that not
    /// everybody waits for one that is dead.
    pub(super) fn silent(&self, deadline: Duration) {
        let mut since = self.silent_since.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if now.duration_since(*since.get_or_insert(now)) >= deadline * SILENT_FOR {
            *since = None;
            drop(since);
            self.break_off("it does not answer");
        }
    }

    /// Has the connection made anew; until then everybody is told this reason.
    pub(super) fn break_off(&self, why: &str) {
        {
            let mut state = self.state();
            if !matches!(&*state, State::Open(_)) {
                return;
            }
            *state = State::Closed(why.into());
        }
        self.changed.notify_waiters();
        self.broken.notify_one();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells everybody who waits for a connection that it takes too long.
    fn give_up_waiting(&self) {
        {
            let mut state = self.state();
            if !matches!(&*state, State::Opening) {
                return;
            }
            *state = State::Closed("it cannot be reached yet".into());
        }
        self.changed.notify_waiters();
    }

    fn set(&self, state: State) {
        *self.state() = state;
        self.changed.notify_waiters();
    }
}

/// Sets a line back when its task ends with its runtime, so that the next who asks begins it anew.
struct Kept(Weak<Line>);

impl Drop for Kept {
    fn drop(&mut self) {
        if let Some(line) = self.0.upgrade() {
            line.set(State::Idle);
        }
    }
}

/// Keeps a line until nobody has it any more.
async fn keep(line: Weak<Line>, options: Arc<Options>) {
    let kept = Kept(line);
    let mut pause = PAUSE;
    let mut is_down = false;
    loop {
        let opened = timeout(CONNECT, slowly(&kept.0, options.deadline, connect::open(&options)));
        let opened = opened.await.unwrap_or_else(|_| Err("it does not answer".into()));
        let Some(line) = kept.0.upgrade() else { return };
        match opened {
            Ok((connection, driver)) => {
                if is_down {
                    tracing::info!(redis = %options.shown(), "the ledger's Redis answers again");
                }
                (pause, is_down) = (PAUSE, false);
                line.answered();
                line.set(State::Open(connection));
                let broken = Arc::clone(&line.broken);
                // Once nobody has the line any more, nobody has the connection, and its driver ends.
                drop(line);
                tokio::select! {
                    () = driver => {
                        let Some(line) = kept.0.upgrade() else { return };
                        line.set(State::Opening);
                    }
                    () = broken.notified() => {}
                }
            }
            Err(why) => {
                if !is_down {
                    tracing::warn!(redis = %options.shown(), %why, "the ledger's Redis cannot be reached");
                }
                is_down = true;
                line.set(State::Closed((&*why).into()));
                drop(line);
                sleep(jittered(pause)).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
}

/// Waits for an attempt. Where it takes longer than anybody waits, everybody is told meanwhile.
async fn slowly<T>(line: &Weak<Line>, deadline: Duration, attempt: impl Future<Output = T>) -> T {
    let mut attempt = std::pin::pin!(attempt);
    match timeout(deadline, &mut attempt).await {
        Ok(done) => done,
        Err(_) => {
            if let Some(line) = line.upgrade() {
                line.give_up_waiting();
            }
            attempt.await
        }
    }
}

/// Returns a pause that is by a half shorter or longer.
fn jittered(pause: Duration) -> Duration {
    let mut random = [0; 2];
    // Without randomness the pauses are all of one length.
    let random = match aws_lc_rs::rand::fill(&mut random) {
        Ok(()) => f64::from(u16::from_be_bytes(random)) / f64::from(u16::MAX),
        Err(_) => 0.5,
    };
    pause.mul_f64(0.5 + random)
}
