//! Operations that wait for something, with more requests than it can answer, simulated.

use std::collections::VecDeque;

use super::*;

const MILLI: u64 = 1_000_000;
const MOST: usize = 4000;

/// An operation that waits for one of so many connections, each of which takes this long.
struct Service {
    workers: usize,
    takes: u64,
}

/// The outcome of the requests of some seconds.
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
    // It outlives those who wait.
    let clock = Clock::manual(0);
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
            match limiter.begin(rank, now * MILLI, &clock) {
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
    for (workers, takes, rate) in [(10, 100, 95), (400, 3000, 120), (1, 1, 900), (2000, 8000, 240)]
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
    let clock = Clock::manual(0);
    let begin = |rank| limiter.begin(rank, 0, &clock);
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
    let (limiter, clock) = (limiter(), Clock::manual(0));
    for now in 0..20_000 {
        let request = limiter.begin(Rank::Known, now * MILLI, &clock).expect("it is let in");
        let took = if now % 20 == 0 { 15_000 } else { 2 };
        limiter.note(took * 1000, &request, now * MILLI);
    }
    assert_eq!(bound(&limiter), MOST);
}

// R66: whoever hangs up before an answer is made shows that it takes long, and leaves its place.
#[test]
fn requests_that_are_given_up_are_measured() {
    let (limiter, clock) = (limiter(), Clock::manual(0));
    let given_up = |millis: u64| {
        for _ in 0..50 {
            let begin = |_| limiter.begin(Rank::Known, clock.monotonic_nanos(), &clock);
            let begun: Vec<_> = (0..40).filter_map(begin).collect();
            clock.advance(Duration::from_millis(millis));
            drop(begun);
        }
    };
    // One that runs all the time: there is no end of a queue.
    let _runs = limiter.begin(Rank::Known, 0, &clock).expect("it is let in");
    given_up(400);
    assert_eq!((limiter.running.load(Relaxed), bound(&limiter)), (1, MOST), "they were early");
    given_up(3000);
    assert_eq!(limiter.running.load(Relaxed), 1);
    assert!(bound(&limiter) <= 40, "{}", bound(&limiter));
}
