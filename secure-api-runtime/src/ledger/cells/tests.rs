//! Limits as bounds: in every window, for whoever calls, however many come.

mod late;

use std::{collections::VecDeque, sync::Barrier, thread};

use proptest::prelude::*;

use super::*;

const SECOND: u64 = 1_000_000_000;
const MINUTE: u64 = 60 * SECOND;

fn window(count: u32) -> Bound {
    Bound::Window { count, window: Duration::from_secs(60) }
}

fn key(number: u64) -> Fingerprint {
    // Spread as a keyed hash is.
    let mixed = |salt: u64| {
        let mut z = number.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(salt);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    };
    Fingerprint::of_hash(u128::from(mixed(1)) << 64 | u128::from(mixed(2)))
}

fn demand(cells: &Cells, bound: Bound, who: u64, weight: u32) -> Demand<'_> {
    Demand { cells, key: key(who), bound, weight }
}

fn one(cells: &Cells, bound: Bound, who: u64, now: u64) -> Result<Left, Left> {
    let outcome = charge(&[demand(cells, bound, who, 1)], now);
    outcome.map(|left| left[0]).map_err(|left| left[0])
}

/// Says the most that was admitted in any window of this length, half open.
fn most(admitted: &[(u64, u32)], length: u64) -> u32 {
    let (mut inside, mut sum, mut most) = (VecDeque::new(), 0, 0);
    for (time, weight) in admitted {
        inside.push_back((*time, *weight));
        sum += weight;
        while inside.front().is_some_and(|(first, _)| time - first >= length) {
            sum -= inside.pop_front().map_or(0, |(_, weight)| weight);
        }
        most = most.max(sum);
    }
    most
}

proptest! {
    // R60
    #[test]
    fn no_window_has_more_than_the_count(
        count in 1_u32..60,
        gaps in prop::collection::vec((0_u64..8 * SECOND, 1_u32..4), 1..400),
        refunds in prop::collection::vec(any::<bool>(), 400),
    ) {
        let (cells, bound) = (Cells::new(window(count)), window(count));
        let (mut now, mut admitted) = (5, Vec::new());
        for ((gap, weight), refunded) in gaps.into_iter().zip(refunds) {
            now += gap;
            let demand = demand(&cells, bound, 7, weight);
            if charge(&[demand], now).is_ok() {
                // What is given back was never admitted.
                if refunded {
                    refund(&demand, now, now);
                } else {
                    admitted.push((now, weight));
                }
            }
        }
        prop_assert!(most(&admitted, MINUTE) <= count);
    }

    // R60
    #[test]
    fn up_to_sixteen_it_is_exact(
        count in 1_u32..=16,
        gaps in prop::collection::vec(0_u64..20 * SECOND, 1..300),
    ) {
        let (cells, bound) = (Cells::new(window(count)), window(count));
        let (mut now, mut admitted) = (5, VecDeque::new());
        for gap in gaps {
            now += gap;
            while admitted.front().is_some_and(|first| now - first >= MINUTE) {
                admitted.pop_front();
            }
            let outcome = one(&cells, bound, 7, now);
            prop_assert_eq!(outcome.is_ok(), admitted.len() < count as usize);
            match outcome {
                Ok(_) => admitted.push_back(now),
                // After the wait it passes.
                Err(left) => prop_assert_eq!(left.wait, admitted[0] + MINUTE - now),
            }
        }
    }

    // R60
    #[test]
    fn above_sixteen_it_is_too_strict_by_a_sixteenth_at_most(
        count in 17_u32..400,
        gaps in prop::collection::vec(0_u64..SECOND, 1..600),
    ) {
        let (cells, bound) = (Cells::new(window(count)), window(count));
        let (mut now, mut admitted) = (5, VecDeque::new());
        for gap in gaps {
            now += gap;
            while admitted.front().is_some_and(|first| now - first >= MINUTE) {
                admitted.pop_front();
            }
            match one(&cells, bound, 7, now) {
                Ok(_) => admitted.push_back(now),
                Err(_) => prop_assert!(
                    admitted.len() as u32 + count.div_ceil(16) >= count,
                    "{} of {count}", admitted.len()
                ),
            }
        }
    }

    // R60
    #[test]
    fn with_a_burst_no_window_has_more_than_the_count(
        (count, burst) in (1_u32..40).prop_flat_map(|count| (Just(count), 1..=count)),
        gaps in prop::collection::vec(0_u64..8 * SECOND, 1..400),
    ) {
        let interval = Duration::from_nanos(MINUTE.div_ceil(u64::from(count - burst + 1)));
        let bound = Bound::Spaced { interval, burst };
        let cells = Cells::new(bound);
        let (mut now, mut admitted) = (5, Vec::new());
        for gap in gaps {
            now += gap;
            if one(&cells, bound, 7, now).is_ok() {
                admitted.push((now, 1));
            }
        }
        prop_assert!(most(&admitted, MINUTE) <= count);
    }
}

#[test]
fn after_the_wait_the_same_request_passes() {
    for bound in [window(3), Bound::Spaced { interval: Duration::from_secs(7), burst: 3 }] {
        let cells = Cells::new(bound);
        for now in [5, 6, 7] {
            assert!(one(&cells, bound, 1, now).is_ok());
        }
        let left = one(&cells, bound, 1, 8).expect_err("all is spent");
        assert!(one(&cells, bound, 1, 8 + left.wait - 1).is_err(), "{bound:?}");
        assert!(one(&cells, bound, 1, 8 + left.wait).is_ok(), "{bound:?}");
        assert!(one(&cells, bound, 2, 8).is_ok(), "another caller has their own");
    }
}

// R65
#[test]
fn places_come_back_when_they_are_given_back_and_when_their_lease_ends() {
    let bound = Bound::AtOnce { count: 2, lease: Duration::from_secs(10) };
    let cells = Cells::new(bound);
    assert!(one(&cells, bound, 1, 0).is_ok());
    assert!(one(&cells, bound, 1, SECOND).is_ok());
    assert!(one(&cells, bound, 1, 2 * SECOND).is_err());
    refund(&demand(&cells, bound, 1, 1), 0, 2 * SECOND);
    assert!(one(&cells, bound, 1, 2 * SECOND).is_ok());
    refund(&demand(&cells, bound, 1, 1), 3 * SECOND, 3 * SECOND);
    assert!(one(&cells, bound, 1, 4 * SECOND).is_err(), "nobody has that place");
    assert!(one(&cells, bound, 1, 11 * SECOND).is_ok(), "that of the second one has ended");
}

// R60
#[test]
fn of_parallel_callers_as_many_pass_as_may() {
    const THREADS: usize = 8;

    for bound in
        [window(100), window(7), Bound::Spaced { interval: Duration::from_secs(60), burst: 100 }]
    {
        let allowed = match bound {
            Bound::Window { count, .. } | Bound::AtOnce { count, .. } => count,
            Bound::Spaced { burst, .. } => burst,
        };
        let (cells, barrier) = (Cells::new(bound), Barrier::new(THREADS));
        let passed: usize = thread::scope(|scope| {
            let threads: Vec<_> = (0..THREADS)
                .map(|_| {
                    scope.spawn(|| {
                        barrier.wait();
                        (0..100).filter(|_| one(&cells, bound, 1, 5).is_ok()).count()
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).sum()
        });
        assert_eq!(passed, allowed as usize, "{bound:?}");
    }
}

// R60, R63
#[test]
fn of_parallel_callers_with_two_limits_as_many_pass_as_the_stricter_admits() {
    const THREADS: usize = 8;

    let (wide, narrow) = (Cells::new(window(50)), Cells::new(window(10)));
    let passed: usize = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|turn| {
                let (wide, narrow) = (&wide, &narrow);
                scope.spawn(move || {
                    let mut demands =
                        [demand(wide, window(50), 1, 1), demand(narrow, window(10), 1, 1)];
                    // In either order: nobody waits for somebody who waits.
                    demands.rotate_left(turn % 2);
                    (0..50).filter(|_| charge(&demands, 5).is_ok()).count()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).sum()
    });
    assert_eq!(passed, 10);
    let left = (0..).take_while(|_| one(&wide, window(50), 1, 5).is_ok()).count();
    assert_eq!(left, 40, "what was refused is charged to neither");
}

/// Sends one request of each of many callers, and says how many passed.
fn flood(cells: &Cells, bound: Bound, callers: u64, now: u64) -> usize {
    (1_000..1_000 + callers).filter(|who| one(cells, bound, *who, now).is_ok()).count()
}

// R61
#[test]
fn ten_million_callers_free_nobody_lock_nobody_out_and_take_no_more_room() {
    let day = Bound::Window { count: 5, window: Duration::from_secs(86_400) };
    let cells = Cells::new(day);
    while one(&cells, day, 1, 5).is_ok() {}
    let passed = flood(&cells, day, 10_000_000, SECOND);
    assert!(passed > 9_990_000, "{passed} of those who call once");
    assert!(one(&cells, day, 1, 2 * SECOND).is_err(), "who is limited stays so");

    let newcomers = 20_000_000..20_010_000;
    let passed = newcomers.filter(|who| one(&cells, day, *who, 2 * SECOND).is_ok()).count();
    assert!(passed >= 9_990, "{passed} of ten thousand newcomers");

    // Who came when there was no room any more has five a day as well, and no more.
    let late: Vec<u64> = (30_000_000..30_001_000).collect();
    for who in &late {
        let passed = (0..20).filter(|_| one(&cells, day, *who, 3 * SECOND).is_ok()).count();
        assert!(passed <= 5, "{passed}");
    }

    let (kept, sketches) = cells.len();
    let bytes = kept * (CELL_BYTES + cell::heap(day)) + sketches * 3 * sketch::BYTES;
    assert!(bytes <= 80 * 1024 * 1024, "{bytes}");
}

// R60
#[test]
fn without_a_cell_no_window_has_more_than_the_count() {
    for bound in [window(5), window(300)] {
        let Bound::Window { count, .. } = bound else { continue };
        let cells = Cells::with_room(bound, 0);
        flood(&cells, bound, 64 * 4, 0);
        let (mut now, mut admitted) = (5, Vec::new());
        for turn in 0..2_000_u64 {
            now += turn * 7_919 % 3 * SECOND / 2;
            if one(&cells, bound, 3, now).is_ok() {
                admitted.push((now, 1));
            }
        }
        let (most, all) = (most(&admitted, MINUTE), admitted.len() as u64);
        assert!(most <= count, "{most}");
        // Each window and a half has its count, if so many come: who waits is not forgotten.
        let windows = now / (MINUTE * 3 / 2) - 1;
        assert!(all >= 2_000.min(u64::from(count) * windows), "{all}");
    }
}

#[test]
fn the_sketch_goes_when_its_time_is_over() {
    let cells = Cells::with_room(window(5), 0);
    flood(&cells, window(5), 10_000, 0);
    assert_eq!(cells.len().1, SHARDS);
    flood(&cells, window(5), 10_000, 10 * MINUTE);
    flood(&cells, window(5), 10_000, 20 * MINUTE);
    let (kept, sketches) = cells.len();
    assert!(kept <= SHARDS && sketches <= SHARDS);
    for who in 0..1_000 {
        assert!(one(&cells, window(5), who, 40 * MINUTE).is_ok());
    }
}
