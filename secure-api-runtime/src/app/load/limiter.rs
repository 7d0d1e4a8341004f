//! The requests of one operation that run at one time, bounded by how long its answers take.
//!
//! As long as answers come in time there is no bound. Where they take too long there is a queue behind the operation, in a pool of
//! connections or in another service, and whoever is let in makes it longer: so as many run from then on as can be answered in time
//! (Little's law), and a few more each time that is so. A queue that drains ends the bound. This is the additive and multiplicative
//! control of TCP with CoDel's question, how long something waits and not how many do.

use std::{
    sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed},
    time::Duration,
};

use super::{Rank, Shed};
use crate::{
    clock::Clock,
    error::{Problem, problem},
};

/// The requests that run at one time in any case: what answers at all answers so many.
const LEAST: usize = 16;

/// The answers that are looked at together, at least: of one or two nobody knows if there is a queue.
const FEW: u64 = 16;

/// The time after which they are looked at, in nanoseconds.
const WINDOW: u64 = 100_000_000;

/// The share by which the bound grows when answers come in time.
const GROWTH: usize = 16;

/// The times of its target that one answer counts for at most: a few that never come are no queue.
const OUTLIER: u64 = 4;

/// The times of its usual latency that an operation may take, where that is more than the target.
const SLOWER: u64 = 3;

/// The limiter of one operation. Times are in microseconds where nothing else is said.
pub(in crate::app) struct Limiter {
    running: AtomicUsize,
    /// The most that may run: the bound, or all of the app's where there is none.
    most: AtomicUsize,
    unbounded: usize,
    /// The time within which answers are to come, and what they may take if they always do.
    target: u64,
    patience: u64,
    /// The time that answers take while few requests run: the operation's own.
    usual: AtomicU64,
    /// Answers in this window, and the time that they took together.
    answers: AtomicU64,
    took: AtomicU64,
    /// The begin of the window, and that of the requests whose answers count: what was let in before the bound changed tells
    /// nothing of it. In nanoseconds.
    begun: AtomicU64,
    since: AtomicU64,
}

/// A request of an operation that runs, until it is dropped.
pub(in crate::app) struct Measured<'a> {
    limiter: &'a Limiter,
    clock: &'a Clock,
    /// The time at which it began, in nanoseconds.
    at: u64,
    /// `true` if few others ran.
    is_alone: bool,
    /// `true` if it was refused, or was ended.
    is_over: bool,
}

impl Limiter {
    /// Creates the limiter of an operation with this deadline, whose answers are to come within `target`. As many run as `most`
    /// where they do.
    pub(in crate::app) fn new(target: Duration, deadline: Duration, most: usize) -> Self {
        let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        Self {
            running: AtomicUsize::new(0),
            most: AtomicUsize::new(most),
            unbounded: most,
            // What is late at its deadline was late before.
            target: micros(target.min(deadline / 2)).max(1),
            patience: micros(deadline.mul_f64(0.9)),
            usual: AtomicU64::new(0),
            answers: AtomicU64::new(0),
            took: AtomicU64::new(0),
            begun: AtomicU64::new(0),
            since: AtomicU64::new(0),
        }
    }

    /// Begins a request at this time of a clock, in nanoseconds; `None` if a caller of this rank is not to be let in now.
    pub(in crate::app) fn begin<'a>(
        &'a self,
        rank: Rank,
        now: u64,
        clock: &'a Clock,
    ) -> Option<Measured<'a>> {
        let before = self.running.fetch_add(1, Relaxed);
        let most = self.most.load(Relaxed);
        let is_over = most < self.unbounded && before >= rank.share(most);
        let is_alone = before < LEAST;
        let begun = Measured { limiter: self, clock, at: now, is_alone, is_over };
        // One that is refused is dropped, and runs no more.
        (!is_over).then_some(begun)
    }

    /// Returns the time within which answers come where there is no queue.
    fn in_time(&self) -> u64 {
        let slow = self.usual.load(Relaxed).saturating_mul(SLOWER).min(self.patience);
        self.target.max(slow)
    }

    /// Counts an answer, and looks at all of the window where that is over.
    fn note(&self, took: u64, request: &Measured<'_>, now: u64) {
        if request.is_alone {
            let usual = self.usual.load(Relaxed);
            // One that never comes does not make all others late.
            let most = usual.max(self.target).saturating_mul(2);
            let own = if usual == 0 { took } else { usual - usual / 8 + took.min(most) / 8 };
            self.usual.store(own, Relaxed);
        }
        if request.at < self.since.load(Relaxed) {
            return;
        }
        let in_time = self.in_time();
        self.took.fetch_add(took.min(in_time.saturating_mul(OUTLIER)), Relaxed);
        let answers = self.answers.fetch_add(1, Relaxed) + 1;
        let begun = self.begun.load(Relaxed);
        if now.saturating_sub(begun) < WINDOW
            || answers < FEW
            // One of those who come here at the same time does it.
            || self.begun.compare_exchange(begun, now, Relaxed, Relaxed).is_err()
        {
            return;
        }
        let mean = self.took.swap(0, Relaxed) / self.answers.swap(0, Relaxed).max(1);
        let most = self.most.load(Relaxed);
        let next = if mean > in_time {
            self.since.store(now, Relaxed);
            let ran = self.running.load(Relaxed).min(most) as u64;
            let answered_in_time = ran.saturating_mul(in_time) / mean;
            usize::try_from(answered_in_time).unwrap_or(most).max(LEAST)
        } else {
            most.saturating_add(most / GROWTH + 1)
        };
        self.most.store(next.min(self.unbounded), Relaxed);
    }
}

impl Measured<'_> {
    /// Ends the request at this time, in nanoseconds, by its answer or by this refusal. One that tells nothing of how long an
    /// answer takes does not count.
    pub(in crate::app) fn end(mut self, now: u64, refused: Option<&Problem>) {
        self.is_over = true;
        // A deadline that passed is 503.
        let tells = refused.is_none_or(|problem| {
            problem.kind() == &problem::UNAVAILABLE && Shed::of(problem).is_none()
        });
        if tells {
            self.limiter.note(now.saturating_sub(self.at) / 1000, &self, now);
        }
    }
}

impl Drop for Measured<'_> {
    fn drop(&mut self) {
        // Whoever hung up would have been answered later still. Of one that was early nobody knows.
        if !self.is_over {
            let now = self.clock.monotonic_nanos();
            let took = now.saturating_sub(self.at) / 1000;
            if took > self.limiter.in_time() {
                // How long it takes by itself, it does not say.
                self.is_alone = false;
                self.limiter.note(took, self, now);
            }
        }
        let Limiter { running, most, unbounded, .. } = self.limiter;
        // Nobody waits any more, so the next burst is another one.
        if running.fetch_sub(1, Relaxed) == 1 && most.load(Relaxed) < *unbounded {
            most.store(*unbounded, Relaxed);
        }
    }
}

#[cfg(test)]
mod tests;
