//! Requests that come late, after others that began later, and charges that are given back late.

use super::*;

// R60: who lets a request wait does not make the requests of others end sooner.
#[test]
fn a_request_that_began_earlier_makes_nothing_earlier() {
    let bound = window(160);
    let cells = Cells::new(bound);
    let spend = |count: u32, now| (0..count).filter(|_| one(&cells, bound, 1, now).is_ok()).count();
    assert_eq!(spend(159, 50 * SECOND), 159);
    // It began long before them, and its body came last.
    assert_eq!(spend(1, SECOND), 1);
    assert_eq!(spend(1, 50 * SECOND + MINUTE - 1), 0);
    assert_eq!(spend(200, 50 * SECOND + MINUTE), 160);
}

// R60
#[test]
fn what_a_window_gave_back_is_not_given_back_again() {
    let bound = window(2);
    let cells = Cells::new(bound);
    assert!(one(&cells, bound, 1, 0).is_ok());
    let now = MINUTE + SECOND;
    assert!(one(&cells, bound, 1, now).is_ok());
    refund(&demand(&cells, bound, 1, 1), 0, now);
    assert!(one(&cells, bound, 1, now).is_ok());
    assert!(one(&cells, bound, 1, now).is_err(), "a third one in a minute");
}

// R62: while machines count by themselves, each has a part of what was counted before.
#[test]
fn the_wait_of_a_part_is_that_of_all_that_was_spent() {
    let (whole, part) = (window(8), window(2));
    let cells = Cells::new(whole);
    for second in 0..8 {
        assert!(one(&cells, whole, 1, second * SECOND).is_ok());
    }
    let left = one(&cells, part, 1, 8 * SECOND).expect_err("the part is spent");
    // Seven have to end, and not the first alone.
    assert_eq!(left.wait, 6 * SECOND + MINUTE - 8 * SECOND);
    assert!(one(&cells, part, 1, 8 * SECOND + left.wait).is_ok());
}

// R60: in an outage a sketch that was made for a part counts for the whole as well.
#[test]
fn a_part_makes_no_smaller_counters() {
    let (whole, part) = (window(1_200), window(12));
    let cells = Cells::with_room(whole, 0);
    flood(&cells, part, 64 * 64, 0);
    let passed = (0..4_000).filter(|_| one(&cells, whole, 3, 5).is_ok()).count();
    assert!(passed <= 1_200, "{passed}");
}

#[test]
fn what_a_burst_gave_back_is_not_given_back_again() {
    let bound = Bound::Spaced { interval: Duration::from_secs(10), burst: 2 };
    let cells = Cells::new(bound);
    assert!(one(&cells, bound, 1, 0).is_ok());
    assert!(one(&cells, bound, 1, 12 * SECOND).is_ok());
    refund(&demand(&cells, bound, 1, 1), 0, 12 * SECOND);
    assert!(one(&cells, bound, 1, 12 * SECOND).is_ok());
    assert!(one(&cells, bound, 1, 12 * SECOND).is_err(), "two came at once");
}
