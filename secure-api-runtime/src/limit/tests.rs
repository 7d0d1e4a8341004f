//! The promises of limits, tested with a clock that stands still until it is moved.

use std::{
    sync::{
        Arc, Barrier,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::Duration,
};

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use http_body_util::BodyExt;

use super::{enforce::Together, unit::Stage, *};
use crate::{clock::Clock, error::Problem, identity::Identity};

mod kinds;
mod machines;
mod several;

const START: i64 = 1_780_272_000;

fn alice() -> Who<'static> {
    named("alice")
}

fn bob() -> Who<'static> {
    named("bob")
}

fn named(subject: &str) -> Who<'static> {
    let identity = Identity::new("https://issuer.example".into(), None, subject, 0, 0);
    Who { identity: Some(Box::leak(Box::new(identity))), ..home() }
}

fn home() -> Who<'static> {
    at("192.0.2.1")
}

fn at(address: &str) -> Who<'static> {
    Who::at(AddressKey::address(address.parse().expect("an address")))
}

fn set(limits: &[Limit], clock: &Clock) -> LimitSet {
    scaled("get_order", limits, 1, clock)
}

fn scaled(operation: &'static str, limits: &[Limit], scale: u32, clock: &Clock) -> LimitSet {
    LimitSet::new(operation, &[], limits, &Arc::new(Counting::new(clock, scale, None)))
}

impl LimitSet {
    /// Charges one request to the limits of a stage.
    fn check(&self, unit: Unit, who: Who<'_>, quota: &mut Quota) -> Result<(), Problem> {
        let stage = if unit == Unit::Address { Stage::Address } else { Stage::Caller };
        let limits = Together { sets: &[self], stage };
        limits.check_here(&who, 1, quota)
    }
}

/// The quota of a request that was charged, or the response of one that was refused.
type Charged = Result<Quota, Box<Response>>;

fn charged(check: impl FnOnce(&mut Quota) -> Result<(), Problem>) -> Charged {
    let mut quota = Quota::new();
    let Err(problem) = check(&mut quota) else { return Ok(quota) };
    let mut response = problem.into_response();
    quota.write(response.headers_mut());
    Err(Box::new(response))
}

fn principal(set: &LimitSet, key: Who<'_>) -> Charged {
    charged(|quota| set.check(Unit::Principal, key, quota))
}

fn fields(quota: &Quota) -> HeaderMap {
    let mut headers = HeaderMap::new();
    quota.write(&mut headers);
    headers
}

/// Returns the number of requests that pass one after the other while the clock stands.
fn passes(set: &LimitSet, unit: Unit, key: Who<'_>) -> usize {
    std::iter::from_fn(|| set.check(unit, key, &mut Quota::new()).ok()).take(100_000).count()
}

fn refusal(result: Charged) -> (StatusCode, HeaderMap, serde_json::Value) {
    let response = result.expect_err("the limit is used up");
    let (parts, body) = (*response).into_parts();
    let body = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime")
        .block_on(body.collect())
        .expect("a body")
        .to_bytes();
    (parts.status, parts.headers, serde_json::from_slice(&body).expect("JSON"))
}

fn retry_after(result: Charged) -> u64 {
    let (_, headers, _) = refusal(result);
    headers["retry-after"].to_str().expect("text").parse().expect("whole seconds")
}

// R55, R56, R59
#[test]
fn success_reports_what_is_left() {
    let clock = Clock::manual(START);
    let set = set(&[Limit::per_principal(600).per_minute()], &clock);
    let headers = fields(&principal(&set, alice()).expect("the first request passes"));
    assert_eq!(headers["ratelimit-policy"], "\"get_order-principal\";q=600;w=60");
    // As long as they last at the declared rate.
    assert_eq!(headers["ratelimit"], "\"get_order-principal\";r=599;t=60");
}

#[test]
fn t_is_the_time_until_one_more_passes_where_none_is_left() {
    let clock = Clock::manual(START);
    let set = set(&[Limit::per_principal(2).per_hour()], &clock);
    let headers = fields(&principal(&set, alice()).expect("one of two"));
    assert_eq!(headers["ratelimit"], "\"get_order-principal\";r=1;t=3600");
    clock.advance(Duration::from_secs(600));
    let headers = fields(&principal(&set, alice()).expect("two of two"));
    assert_eq!(headers["ratelimit"], "\"get_order-principal\";r=0;t=3000");
    clock.advance(Duration::from_secs(3000));
    assert!(principal(&set, alice()).is_ok());
}

// R54, R57
#[test]
fn refusal_names_the_policy_and_when_to_come_back() {
    let clock = Clock::manual(START);
    let set = set(&[Limit::per_principal(2).per_minute()], &clock);
    assert_eq!(passes(&set, Unit::Principal, alice()), 2);
    let (status, headers, body) = refusal(principal(&set, alice()));
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(headers["retry-after"], "60");
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(headers["ratelimit"], "\"get_order-principal\";r=0;t=60");
    assert_eq!(headers["ratelimit-policy"], "\"get_order-principal\";q=2;w=60");
    assert_eq!(body["type"], "https://iana.org/assignments/http-problem-types#quota-exceeded");
    assert_eq!(body["violated-policies"], serde_json::json!(["get_order-principal"]));
}

// R54
#[test]
fn retry_after_is_true_to_the_second() {
    let limits = [
        Limit::per_principal(1).per_second(),
        Limit::per_principal(50).per_second(),
        Limit::per_principal(7).per_minute(),
        Limit::per_principal(600).per_minute(),
        Limit::per_principal(30).per_minute().burst(10),
        Limit::per_principal(11).per_hour().burst(3),
        Limit::per_principal(1).per_day(),
        Limit::per_principal(3).per(Duration::from_millis(700)),
        Limit::per_principal(1).per(Duration::from_millis(2500)),
    ];
    for limit in limits {
        for head_start in [0, 1, 333, 999, 1000, 5001] {
            let clock = Clock::manual(START);
            let set = set(&[limit], &clock);
            assert!(principal(&set, alice()).is_ok());
            clock.advance(Duration::from_millis(head_start));
            passes(&set, Unit::Principal, alice());

            let wait = retry_after(principal(&set, alice()));
            assert!(wait >= 1);
            if wait >= 3600 {
                // Not all come back in the same moment: a sixty-fourth is by chance.
                clock.advance(Duration::from_secs(wait - wait / 64 - 1));
                assert!(principal(&set, alice()).is_err(), "{limit:?} passes before its time");
                clock.advance(Duration::from_secs(wait / 64 + 1));
            } else if wait > 1 {
                clock.advance(Duration::from_secs(wait - 1));
                assert!(principal(&set, alice()).is_err(), "{limit:?} passes before its time");
                clock.advance(Duration::from_secs(1));
            } else {
                clock.advance(Duration::from_secs(wait));
            }
            assert!(principal(&set, alice()).is_ok(), "{limit:?} does not pass when it said");
        }
    }
}

#[test]
fn a_burst_is_what_passes_at_once_and_the_count_what_passes_in_a_window() {
    let clock = Clock::manual(START);
    let set = set(&[Limit::per_principal(30).per_minute().burst(10)], &clock);
    assert_eq!(passes(&set, Unit::Principal, alice()), 10);
    // The other twenty in a window come one by one.
    clock.advance(Duration::from_millis(2857));
    assert_eq!(passes(&set, Unit::Principal, alice()), 0);
    clock.advance(Duration::from_millis(1));
    assert_eq!(passes(&set, Unit::Principal, alice()), 1);
    clock.advance(Duration::from_secs(3600));
    assert_eq!(passes(&set, Unit::Principal, alice()), 10);
}

// R60
#[test]
fn parallel_callers_get_exactly_what_is_allowed() {
    const THREADS: usize = 16;
    for limits in [
        &[Limit::per_principal(500).per_day()][..],
        &[Limit::per_principal(500).per_day(), Limit::per_principal(800).per_day().burst(700)][..],
    ] {
        let clock = Clock::manual(START);
        let set = Arc::new(set(limits, &clock));
        let passed = Arc::new(AtomicU32::new(0));
        let start = Arc::new(Barrier::new(THREADS));
        let threads = (0..THREADS).map(|_| {
            let (set, passed, start) = (Arc::clone(&set), Arc::clone(&passed), Arc::clone(&start));
            thread::spawn(move || {
                start.wait();
                for _ in 0..200 {
                    if principal(&set, alice()).is_ok() {
                        passed.fetch_add(1, Ordering::Relaxed);
                    }
                }
            })
        });
        for thread in threads.collect::<Vec<_>>() {
            thread.join().expect("no panic");
        }
        assert_eq!(passed.load(Ordering::Relaxed), 500);
    }
}

#[test]
fn callers_do_not_spend_each_others_quota() {
    let clock = Clock::manual(START);
    let set = set(&[Limit::per_principal(3).per_minute()], &clock);
    assert_eq!(passes(&set, Unit::Principal, alice()), 3);
    assert_eq!(passes(&set, Unit::Principal, bob()), 3);
    // A public route counts an unknown caller by its address.
    assert_eq!(passes(&set, Unit::Principal, home()), 3);
}

// R61
#[test]
fn a_network_that_changes_its_lower_address_bits_stays_one_caller() {
    let clock = Clock::manual(START);
    let set = set(&[Limit::per_address(3).per_minute()], &clock);
    let passed = (0..100_u16).filter(|host| {
        let address = std::net::Ipv6Addr::new(0x2001, 0xdb8, 1, 2, *host, 7, 7, *host);
        set.check(Unit::Address, Who::at(AddressKey::address(address.into())), &mut Quota::new())
            .is_ok()
    });
    assert_eq!(passed.count(), 3);
}

#[test]
fn no_limit_is_no_refusal_and_no_field() {
    let clock = Clock::manual(START);
    let set = set(&[Limit::unlimited("health checks come every second")], &clock);
    assert!(set.is_empty());
    for unit in [Unit::Address, Unit::Principal, Unit::Unlimited] {
        let quota = charged(|quota| set.check(unit, home(), quota)).expect("nothing is limited");
        assert!(quota.is_empty());
    }
}

#[test]
fn a_scale_multiplies_counts_and_saturates() {
    let clock = Clock::manual(START);
    let limits = [Limit::per_principal(30).per_minute().burst(2)];
    let tenfold = scaled("scaled", &limits, 10, &clock);
    assert_eq!(tenfold.policy(), "\"scaled-principal\";q=300;w=60");
    assert_eq!(passes(&tenfold, Unit::Principal, alice()), 20);

    let saturated = scaled("saturated", &limits, u32::MAX, &clock);
    assert_eq!(saturated.policy(), "\"saturated-principal\";q=4294967295;w=60");
    assert_eq!(passes(&saturated, Unit::Principal, alice()), 100_000);
}

#[test]
fn extreme_limits_neither_overflow_nor_open() {
    let clock = Clock::manual(START);
    let ages = set(&[Limit::per_principal(1).per(Duration::MAX)], &clock);
    assert_eq!(passes(&ages, Unit::Principal, alice()), 1);
    clock.advance(Duration::from_secs(50 * 365 * 86_400));
    assert_eq!(passes(&ages, Unit::Principal, alice()), 0);

    let instant = set(&[Limit::per_principal(u32::MAX).per(Duration::from_nanos(1))], &clock);
    assert!(principal(&instant, alice()).is_ok());
}
