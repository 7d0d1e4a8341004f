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
use crate::error::{Problem, problem};

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
    /// The time at which it began, in nanoseconds.
    at: u64,
    /// `true` if few others ran.
    is_alone: bool,
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

    /// Begins a request at this time, in nanoseconds; `None` if a caller of this rank is not to be let in now.
    pub(in crate::app) fn begin(&self, rank: Rank, now: u64) -> Option<Measured<'_>> {
        let before = self.running.fetch_add(1, Relaxed);
        let begun = Measured { limiter: self, at: now, is_alone: before < LEAST };
        let most = self.most.load(Relaxed);
        // One that is refused is dropped, and runs no more.
        (most >= self.unbounded || before < rank.share(most)).then_some(begun)
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
    pub(in crate::app) fn end(self, now: u64, refused: Option<&Problem>) {
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
        let Limiter { running, most, unbounded, .. } = self.limiter;
        // Nobody waits any more, so the next burst is another one.
        if running.fetch_sub(1, Relaxed) == 1 && most.load(Relaxed) < *unbounded {
            most.store(*unbounded, Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    const MILLI: u64 = 1_000_000;
    const MOST: usize = 4000;

    /// An operation that waits for one of so many connections, each of which takes this long.
    struct Service {
        workers: usize,
        takes: u64,
    }

    /// What came of the requests of some seconds.
    #[derive(Debug, Default)]
    struct Came {
        answered: u64,
        refused: u64,
        /// The longest time that an answer took in the last second, in milliseconds.
        slowest: u64,
        /// The bound at the end.
        bound: usize,
    }

    /// Sends so many requests a second, by callers of this rank, from second `from` to second `to`.
    fn send(
        limiter: &Limiter,
        service: &Service,
        rank: Rank,
        rate: u64,
        (from, to): (u64, u64),
    ) -> Came {
        let mut came = Came::default();
        let mut waiting: VecDeque<Measured<'_>> = VecDeque::new();
        let mut busy: Vec<(u64, Measured<'_>)> = Vec::new();
        let mut sent = 0;
        for now in from * 1000..to * 1000 {
            let (over, still): (Vec<_>, Vec<_>) = busy.into_iter().partition(|one| one.0 <= now);
            busy = still;
            for (_, request) in over {
                came.answered += 1;
                if now >= (to - 1) * 1000 {
                    came.slowest = came.slowest.max(now - request.at / MILLI);
                }
                request.end(now * MILLI, None);
            }
            while sent < (now - from * 1000) * rate / 1000 {
                sent += 1;
                match limiter.begin(rank, now * MILLI) {
                    Some(request) => waiting.push_back(request),
                    None => came.refused += 1,
                }
            }
            while busy.len() < service.workers
                && let Some(request) = waiting.pop_front()
            {
                busy.push((now + service.takes, request));
            }
        }
        came.bound = bound(limiter);
        came
    }

    fn limiter() -> Limiter {
        Limiter::new(Duration::from_millis(500), Duration::from_secs(15), MOST)
    }

    fn bound(limiter: &Limiter) -> usize {
        limiter.most.load(Relaxed)
    }

    // R66
    #[test]
    fn a_queue_is_kept_as_short_as_is_answered_in_time_and_no_answer_is_lost_by_it() {
        // 100 answers a second, and three times as many requests.
        let (limiter, service) = (limiter(), Service { workers: 10, takes: 100 });
        let came = send(&limiter, &service, Rank::Known, 300, (0, 60));
        assert!((5800..=6000).contains(&came.answered), "it was idle: {came:?}");
        assert!(came.slowest < 1000, "{came:?}");
        assert!(came.refused > 11_000, "{came:?}");
        assert!(came.bound < 100, "{came:?}");
        // Without it those who were answered at last had waited until their deadlines.
        let without = Limiter::new(Duration::MAX, Duration::MAX, MOST);
        let came = send(&without, &service, Rank::Known, 300, (0, 60));
        assert!(came.slowest > 10_000 && came.refused == 0, "{came:?}");
    }

    #[test]
    fn what_can_be_answered_is_never_refused() {
        // Close to what it can; slow by itself; in bursts that drain.
        for (workers, takes, rate) in
            [(10, 100, 95), (400, 3000, 120), (1, 1, 900), (2000, 8000, 240)]
        {
            let limiter = limiter();
            let service = Service { workers, takes };
            let came = send(&limiter, &service, Rank::Known, rate, (0, 60));
            assert_eq!(came.refused, 0, "{workers} {takes} {rate}: {came:?}");
        }
    }

    #[test]
    fn it_recovers_by_itself() {
        let (limiter, service) = (limiter(), Service { workers: 10, takes: 100 });
        assert!(send(&limiter, &service, Rank::Known, 1000, (0, 20)).refused > 0);
        // Less than it can answer: nobody waits, and all are let in.
        let after = send(&limiter, &service, Rank::Known, 50, (21, 40));
        assert_eq!((after.refused, bound(&limiter)), (0, MOST));
        // What it waits for became ten times faster meanwhile, and more are sent than before.
        assert!(send(&limiter, &service, Rank::Known, 1000, (40, 60)).refused > 0);
        let faster = Service { workers: 100, takes: 100 };
        send(&limiter, &faster, Rank::Known, 800, (60, 80));
        assert_eq!(send(&limiter, &faster, Rank::Known, 800, (80, 90)).refused, 0);
    }

    #[test]
    fn an_operation_that_became_slow_is_not_refused_for_ever() {
        // Each answer takes four seconds from now on, and there are enough connections for all.
        let (limiter, fast) = (limiter(), Service { workers: 4000, takes: 20 });
        send(&limiter, &fast, Rank::Known, 200, (0, 10));
        let slow = Service { workers: 4000, takes: 4000 };
        send(&limiter, &slow, Rank::Known, 200, (10, 120));
        assert_eq!(send(&limiter, &slow, Rank::Known, 200, (120, 180)).refused, 0);
    }

    #[test]
    fn those_who_are_known_are_let_in_before_others() {
        let limiter = limiter();
        limiter.most.store(16, Relaxed);
        let begin = |rank| limiter.begin(rank, 0);
        let first: Vec<_> = (0..8).map_while(|_| begin(Rank::Tightened)).collect();
        assert!(first.len() == 8 && begin(Rank::Tightened).is_none());
        let others: Vec<_> = (0..8).map_while(|_| begin(Rank::Unknown)).collect();
        assert!(others.len() == 4 && begin(Rank::Unknown).is_none());
        let known: Vec<_> = (0..8).map_while(|_| begin(Rank::Known)).collect();
        assert_eq!(known.len(), 4);
        drop((first, others, known));
        assert_eq!((limiter.running.load(Relaxed), bound(&limiter)), (0, MOST));
    }

    #[test]
    fn a_few_answers_that_never_come_are_no_queue() {
        let limiter = limiter();
        for now in 0..20_000 {
            let request = limiter.begin(Rank::Known, now * MILLI).expect("it is let in");
            let took = if now % 20 == 0 { 15_000 } else { 2 };
            limiter.note(took * 1000, &request, now * MILLI);
        }
        assert_eq!(bound(&limiter), MOST);
    }
}
