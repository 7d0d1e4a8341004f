//! Limits that a ledger charges: a bound is one for all who share it. The same is asked of that of one process and of a Redis.

use std::{collections::VecDeque, time::Duration};

use futures_util::future::join_all;
use secure_api::ledger::{Bound, Charge, Ledger, Points};

use super::pair::{Pair, charge, name, over_both, window};

/// Charges so often, from so many tasks of both clients, and returns how many passed.
async fn passed<L: Ledger + Clone>(pair: &Pair<L>, charges: &[Charge], tasks: usize) -> usize {
    const EACH: usize = 10;

    let charged = pair.each(tasks).map(|ledger| {
        let charges = charges.to_vec();
        tokio::spawn(async move {
            let mut passed = 0;
            for _ in 0..EACH {
                let charged = ledger.charge(&charges).await.expect("an answer");
                passed += usize::from(charged.admitted);
            }
            passed
        })
    });
    join_all(charged).await.into_iter().map(|passed| passed.expect("no panic")).sum()
}

/// Returns what is left of a limit.
async fn left<L: Ledger>(ledger: &L, charge: Charge) -> u32 {
    let one = [Charge { weight: 1, ..charge }];
    let asked = ledger.charge(&one).await.expect("an answer");
    if asked.admitted {
        ledger.refund(&one, asked.at).await.expect("an answer");
    }
    asked.left[0].remaining + u32::from(asked.admitted)
}

// R60
#[tokio::test(flavor = "multi_thread")]
async fn of_parallel_requests_as_many_pass_as_may() {
    over_both!(exactly);
}

async fn exactly<L: Ledger + Clone>(pair: Pair<L>) {
    let hour = Duration::from_secs(3600);
    for (bound, count) in [
        (window(1, 3600), 1),
        (window(16, 3600), 16),
        (window(100, 3600), 100),
        (Bound::Spaced { interval: hour, burst: 100 }, 100),
        (Bound::AtOnce { count: 100, lease: hour }, 100),
    ] {
        assert_eq!(passed(&pair, &[charge(bound)], 32).await, count, "{bound:?}");
    }
}

// R63
#[tokio::test(flavor = "multi_thread")]
async fn of_several_limits_all_are_charged_or_none() {
    over_both!(all_or_none);
}

async fn all_or_none<L: Ledger + Clone>(pair: Pair<L>) {
    let one = name();
    for slots in [[one, one], [name(), name()]] {
        let (wide, narrow) = (charge(window(500, 3600)), charge(window(10, 3600)));
        let charges = [Charge { slot: slots[0], ..wide }, Charge { slot: slots[1], ..narrow }];
        assert_eq!(passed(&pair, &charges, 8).await, 10);
        // 500 is counted by the thirty-second, and entries are merged: exact, for none of it has ended.
        assert_eq!(
            left(&pair.one, charges[0]).await,
            490,
            "what was refused is charged to neither"
        );
        let refused = pair.two.charge(&charges).await.expect("an answer");
        let remaining: Vec<_> = refused.left.iter().map(|left| left.remaining).collect();
        assert_eq!((refused.admitted, remaining), (false, vec![490, 0]));
        assert!(refused.left[0].wait.is_zero() && !refused.left[1].wait.is_zero());
    }
}

#[tokio::test]
async fn what_is_given_back_can_be_taken_again() {
    over_both!(refunds);
}

async fn refunds<L: Ledger + Clone>(Pair { one, two, .. }: Pair<L>) {
    let hour = Duration::from_secs(3600);
    for bound in [
        window(3, 3600),
        window(100, 3600),
        Bound::Spaced { interval: hour, burst: 3 },
        Bound::AtOnce { count: 3, lease: hour },
    ] {
        let (whole, most) = match bound {
            Bound::Window { count: 100, .. } => (Charge { weight: 90, ..charge(bound) }, 100),
            _ => (Charge { weight: 2, ..charge(bound) }, 3),
        };
        let small = Charge { weight: 1, ..whole };
        let first = one.charge(&[small]).await.expect("an answer");
        let second = two.charge(&[whole]).await.expect("an answer");
        assert!(first.admitted && second.admitted, "{bound:?}");
        assert_eq!(second.left[0].remaining, most - 1 - whole.weight, "{bound:?}");
        assert!(!one.charge(&[whole]).await.expect("an answer").admitted, "{bound:?}");
        one.refund(&[whole], second.at).await.expect("an answer");
        assert_eq!(left(&two, small).await, most - 1, "{bound:?}");
        two.refund(&[small], first.at).await.expect("an answer");
        assert_eq!(left(&two, small).await, most, "{bound:?}");
        // Nothing is there to be given back any more.
        two.refund(&[small], first.at).await.expect("an answer");
        assert_eq!(left(&one, small).await, most, "{bound:?}");
    }
}

// R60
#[tokio::test]
async fn what_has_come_back_is_not_given_back_out_of_what_others_were_charged() {
    over_both!(late_refunds);
}

async fn late_refunds<L: Ledger + Clone>(Pair { one, two, .. }: Pair<L>) {
    let half = Duration::from_millis(500);
    for bound in
        [Bound::Window { count: 2, window: half }, Bound::Spaced { interval: half / 2, burst: 2 }]
    {
        let limit = charge(bound);
        let first = one.charge(&[limit]).await.expect("an answer");
        tokio::time::sleep(Duration::from_millis(550)).await;
        for _ in 0..2 {
            assert!(two.charge(&[limit]).await.expect("an answer").admitted, "{bound:?}");
        }
        one.refund(&[limit], first.at).await.expect("an answer");
        assert!(!two.charge(&[limit]).await.expect("an answer").admitted, "{bound:?}");
    }
}

// R65 in part: the places of a limit on what runs at once.
#[tokio::test]
async fn a_place_comes_back_when_its_lease_ends() {
    over_both!(leases);
}

async fn leases<L: Ledger + Clone>(Pair { one, two, .. }: Pair<L>) {
    let place = charge(Bound::AtOnce { count: 2, lease: Duration::from_millis(600) });
    let first = one.charge(&[place]).await.expect("an answer");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(two.charge(&[place]).await.expect("an answer").admitted);
    let refused = one.charge(&[place]).await.expect("an answer");
    assert!(!refused.admitted && refused.left[0].wait <= Duration::from_millis(300));
    tokio::time::sleep(refused.left[0].wait).await;
    assert!(one.charge(&[place]).await.expect("an answer").admitted, "the first lease has ended");
    // Whoever had it gives nothing back that is somebody else's.
    one.refund(&[place], first.at).await.expect("an answer");
    assert!(!two.charge(&[place]).await.expect("an answer").admitted);
}

// R60
#[tokio::test(flavor = "multi_thread")]
async fn no_window_has_more_than_the_count() {
    over_both!(windows);
}

async fn windows<L: Ledger + Clone>(pair: Pair<L>) {
    for count in [5, 40] {
        let half = Bound::Window { count, window: Duration::from_millis(500) };
        let charges = [charge(half)];
        let until = std::time::Instant::now() + Duration::from_millis(2_500);
        let charged = pair.each(8).map(|ledger| {
            tokio::spawn(async move {
                let mut admitted = Vec::new();
                while std::time::Instant::now() < until {
                    let charged = ledger.charge(&charges).await.expect("an answer");
                    if charged.admitted {
                        admitted.push(charged.at);
                    }
                    tokio::time::sleep(Duration::from_millis(2)).await;
                }
                admitted
            })
        });
        let admitted = join_all(charged).await;
        let mut times: Vec<u64> =
            admitted.into_iter().flat_map(|times| times.expect("no panic")).collect();
        times.sort_unstable();
        let mut inside = VecDeque::new();
        for time in &times {
            inside.push_back(*time);
            while inside.front().is_some_and(|first| time - first >= pair.second / 2) {
                inside.pop_front();
            }
            assert!(inside.len() <= count as usize, "{} of {count}", inside.len());
        }
        // A window and a sixteenth of its count later all have come again.
        assert!(times.len() >= 4 * count as usize * 15 / 16, "{} of {count}", times.len());
    }
}

#[tokio::test]
async fn after_the_wait_the_same_request_passes() {
    over_both!(waits);
}

async fn waits<L: Ledger + Clone>(Pair { one, two, .. }: Pair<L>) {
    for bound in [
        Bound::Window { count: 3, window: Duration::from_millis(400) },
        Bound::Spaced { interval: Duration::from_millis(400), burst: 3 },
    ] {
        let asked = charge(bound);
        for remaining in [2, 1, 0] {
            let charged = one.charge(&[asked]).await.expect("an answer");
            assert_eq!((charged.admitted, charged.left[0].remaining), (true, remaining));
            assert!(charged.left[0].reset <= Duration::from_millis(400), "{bound:?}");
        }
        let refused = two.charge(&[asked]).await.expect("an answer");
        let [left] = refused.left[..] else { panic!("one limit") };
        assert!(!refused.admitted && left.wait <= Duration::from_millis(400), "{bound:?}");
        assert_eq!(left.remaining, 0);
        tokio::time::sleep(left.wait).await;
        assert!(two.charge(&[asked]).await.expect("an answer").admitted, "{bound:?}");
        // What is never admitted waits, too.
        let heavy = Charge { weight: 4, ..charge(bound) };
        let refused = one.charge(&[heavy]).await.expect("an answer");
        assert!(!refused.admitted && !refused.left[0].wait.is_zero(), "{bound:?}");
    }
}

#[tokio::test]
async fn a_score_loses_half_of_its_points_in_its_half_life() {
    over_both!(scores);
}

async fn scores<L: Ledger + Clone>(Pair { one, two, .. }: Pair<L>) {
    let (half_life, slot) = (Duration::from_millis(500), name());
    let of = |name, points| Points { name, slot, points, half_life };
    let (a, b) = (name(), name());
    let apart = Points { slot: name(), half_life: Duration::from_secs(3600), ..of(name(), 0.5) };
    let now = one.add(&[of(a, 8.0), of(b, 0.0), apart]).await.expect("an answer");
    assert_eq!(now, [8.0, 0.0, 0.5]);
    let since = std::time::Instant::now();
    tokio::time::sleep(half_life).await;
    let before = (-since.elapsed().as_secs_f64() / half_life.as_secs_f64()).exp2() * 8.0;
    let now = two.add(&[of(a, 1.0), of(b, 0.25), Points { points: 0.0, ..apart }]).await;
    let after = (-since.elapsed().as_secs_f64() / half_life.as_secs_f64()).exp2() * 8.0;
    let [a, b, apart] = now.expect("an answer")[..] else { panic!("three scores") };
    assert!((after - 0.1..=before + 0.1).contains(&(a - 1.0)), "{after} {a} {before}");
    assert!((b - 0.25).abs() < 1e-9 && (apart - 0.5).abs() < 0.01, "{b} {apart}");
}
