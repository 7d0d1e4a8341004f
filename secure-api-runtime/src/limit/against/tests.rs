//! Lines of logs as they are read, and what limits come to there.

use std::net::IpAddr;

use proptest::prelude::*;

use super::{busiest::Busiest, trial::CalledBy, *};
use crate::{
    access_log::{Lines, read},
    limit::Limit,
};

const SECOND: u64 = 1_000_000_000;
const GOOD: &str =
    r#"192.0.2.1 - - [29/Nov/2026:20:42:26 +0100] "GET /v1/orders?x=1 HTTP/1.1" 200 512"#;

fn request(address: &str, operation: Option<usize>) -> Outcome {
    let address = address.parse().expect("an address");
    Outcome { address, user: None, operation, is_unknown: false }
}

fn by(user: &str, operation: usize) -> Outcome {
    Outcome { user: Some(user.into()), ..request("192.0.2.1", Some(operation)) }
}

/// Returns what a trial refused: of each limit, requests and callers.
fn refused(trial: &Trial) -> Vec<(&'static str, u64, u64)> {
    trial.rows().iter().map(|row| (row.policy, row.refused, row.callers().1)).collect()
}

#[test]
fn a_line_is_read_in_its_time_zone() {
    let line = read(GOOD).expect("a request");
    assert_eq!(line.address, "192.0.2.1".parse::<IpAddr>().expect("an address"));
    assert_eq!((&*line.method, &*line.target, line.status), ("GET", "/v1/orders?x=1", 200));
    assert_eq!(line.user, None);
    // 19:42:26 UTC.
    assert_eq!(line.at, 1_795_981_346 * SECOND);
    let combined = format!("{GOOD} \"https://a.example/\" \"Mozilla \\\"5.0\"");
    assert_eq!(read(&combined).as_ref(), Some(&line));
    let named = GOOD.replace("- -", "- alice smith");
    assert_eq!(read(&named).expect("a request").user.as_deref(), Some("alice smith"));
    let quoted = GOOD.replace("/v1/orders", "/v1/\\\"orders");
    assert_eq!(read(&quoted).expect("a request").target, "/v1/\"orders?x=1");
    let v6 = GOOD.replace("192.0.2.1", "2001:db8::1");
    assert!(read(&v6).is_some());
}

#[test]
fn what_is_no_request_is_not_read() {
    for wrong in [
        "",
        "-",
        "{\"status\":200}",
        &GOOD.replace("192.0.2.1", "client.example"),
        &GOOD.replace("29/Nov", "31/Nov"),
        &GOOD.replace("2026", "1926"),
        &GOOD.replace("2026", "9999"),
        &GOOD.replace(" +0100", ""),
        &GOOD.replace("GET /v1/orders?x=1 HTTP/1.1", "-"),
        &GOOD.replace("GET /v1/orders?x=1 HTTP/1.1", "GET /v1/orders"),
        &GOOD.replace("GET /v1/orders?x=1 HTTP/1.1", "GET  /v1/orders HTTP/1.1"),
        &GOOD.replace("HTTP/1.1\"", "HTTP/1.1"),
        &GOOD.replace("HTTP/1.1\"", "HTTP/1.1\\\""),
        &GOOD.replace(" 200 ", "200 "),
        &GOOD.replace(" 200 ", " 20 "),
        &GOOD.replace(" 200 ", " +20 "),
    ] {
        assert_eq!(read(wrong), None, "{wrong}");
    }
}

#[test]
fn a_line_that_is_too_long_or_no_text_is_passed_over() {
    let long = "x".repeat(64 * 1024);
    let log = format!("{long}\n{long}y\n{GOOD}\r\n{long}{long}{long}");
    let mut log = log.into_bytes();
    log.splice(0..0, *b"\xff\n");
    let mut lines = Lines::of(&log[..]);
    let mut next = || lines.next().expect("memory can be read").map(|line| line.map(str::len));
    assert_eq!(next(), Some(None));
    assert_eq!(next(), Some(Some(64 * 1024)));
    assert_eq!(next(), Some(None));
    assert_eq!(next(), Some(Some(GOOD.len())));
    assert_eq!(next(), Some(None));
    assert_eq!(next(), None);
}

#[test]
fn lines_are_in_order_within_a_minute_and_left_out_beyond() {
    let mut ordered = InOrder::new();
    for at in [100, 70, 130, 130, 131, 69, 500, 439, 440] {
        ordered.add(at * SECOND, at);
    }
    let mut taken: Vec<u64> =
        std::iter::from_fn(|| ordered.take(false).map(|(_, at)| at)).collect();
    assert_eq!(taken, [70, 100, 130, 130, 131]);
    taken = std::iter::from_fn(|| ordered.take(true).map(|(_, at)| at)).collect();
    assert_eq!(taken, [440, 500]);
    assert_eq!(ordered.late(), 2);
}

#[test]
fn the_busiest_window_begins_anywhere() {
    let mut busiest = Busiest::default();
    for at in [0, 50, 59, 60, 70, 200] {
        busiest.add(at, 1, 60);
    }
    // 50, 59, 60 and 70.
    assert_eq!(busiest.most(), 4);
    busiest.add(200, 7, 60);
    assert_eq!(busiest.most(), 8);
    let spread = Spread::of((1..=200).rev().collect());
    assert_eq!(spread, Spread { p50: 100, p90: 180, p99: 198, most: 200 });
    assert_eq!(Spread::of(vec![3]), Spread { p50: 3, p90: 3, p99: 3, most: 3 });
    assert_eq!(Spread::of(Vec::new()), Spread::default());
}

#[test]
fn limits_are_charged_all_or_none_and_stage_by_stage() {
    let mut trial = Trial::new(Limit::per_address(3).per_minute(), 1);
    trial.add("order", &[Limit::per_principal(1).per_minute(), Limit::per_api(100).per_minute()]);
    trial.add("look", &[Limit::per_api(100).per_minute()]);
    let start = 1_780_272_000 * SECOND;
    trial.charge(start, by("alice", 0));
    // What the second stage refuses is given back to the first one.
    for _ in 0..10 {
        trial.charge(start + SECOND, by("alice", 0));
    }
    trial.charge(start + SECOND, by("bob", 0));
    trial.charge(start + SECOND, by("alice", 1));
    // Three were admitted of this address.
    trial.charge(start + 2 * SECOND, request("192.0.2.1", None));
    trial.charge(start + 2 * SECOND, request("192.0.2.2", None));
    assert_eq!(
        refused(&trial),
        [("app-address", 1, 1), ("order-principal", 10, 1), ("order-api", 0, 0)]
    );
    let alice = trial.callers()[&CalledBy::User("alice".into())];
    assert_eq!((alice.requests, alice.refused), (12, 10));
    // One row for what two operations have together, of everybody.
    assert_eq!((trial.rows()[2].requests, trial.rows()[2].callers()), (13, (1, 0)));
    assert_eq!(trial.rows()[1].spread(), Spread { p50: 1, p90: 11, p99: 11, most: 11 });
}

#[test]
fn whose_credentials_were_refused_meets_the_limits_of_addresses_alone() {
    let mut trial = Trial::new(Limit::per_address(100).per_minute(), 1);
    trial.add("look", &[Limit::per_principal(1).per_minute(), Limit::per_address(2).per_minute()]);
    for _ in 0..3 {
        trial.charge(SECOND, Outcome { is_unknown: true, ..request("192.0.2.1", Some(0)) });
    }
    let refused = refused(&trial);
    assert_eq!(refused, [("app-address", 0, 0), ("look-principal", 0, 0), ("look-address", 1, 1)]);
    assert_eq!((trial.rows()[1].requests, trial.rows()[2].requests), (0, 3));
}

#[test]
fn an_observed_limit_refuses_nobody_and_says_whom_it_would() {
    let mut trial = Trial::new(Limit::per_address(100).per_minute(), 1);
    trial.add("look", &[Limit::per_principal(1).per_minute().observe()]);
    for _ in 0..3 {
        trial.charge(SECOND, by("alice", 0));
    }
    assert_eq!(refused(&trial)[1], ("look-principal", 2, 1));
    assert!(trial.callers().values().all(|called| called.refused == 0));
}

#[test]
fn a_network_of_ipv6_is_one_caller_and_its_site_is_bounded_too() {
    let mut trial = Trial::new(Limit::per_address(2).per_minute(), 1);
    for host in 0..3 {
        trial.charge(SECOND, request(&format!("2001:db8:1:1::{host}"), None));
    }
    for network in 2..20 {
        trial.charge(SECOND, request(&format!("2001:db8:1:{network:x}::1"), None));
    }
    // Eight of the /56.
    assert_eq!(trial.rows()[0].refused, 1 + 18 - 6);
    let first = trial.callers().keys().next().expect("a caller");
    assert_eq!(first.to_string(), "2001:db8:1:1::/64");
}

#[test]
fn what_a_log_does_not_tell_is_not_tried() {
    let mut trial = Trial::new(Limit::per_address(2).per_minute(), 1);
    let limits = [
        Limit::per_principal(1).at_once(),
        Limit::per_field("email", 1).per_day(),
        Limit::per_principal(5).per_minute().weight_of("items"),
        Limit::per_principal(6).per_minute(),
    ];
    trial.add("send", &limits);
    trial.add("free", &[Limit::unlimited("a monitor asks each second")]);
    let untried: Vec<_> = trial.untried().collect();
    assert_eq!(untried, ["send-principal-at-once", "send-email", "send-principal-2"]);
    trial.charge(SECOND, by("alice", 0));
    trial.charge(SECOND, by("alice", 1));
    assert_eq!(trial.rows().len(), 2);
    assert_eq!((trial.rows()[1].policy, trial.rows()[1].requests), ("send-principal-3", 1));
}

proptest! {
    #[test]
    fn no_line_is_a_panic(line in ".{0,200}", cut in 0_usize..200, inserted in "[\\\\\" \\[\\]:/a-z0-9é-]{0,6}") {
        let _ = read(&line);
        let place = GOOD.char_indices().map(|(place, _)| place).nth(cut % GOOD.len()).unwrap_or(0);
        let _ = read(&format!("{}{inserted}{}", &GOOD[..place], &GOOD[place..]));
        let _ = read(&GOOD[..place]);
    }

    #[test]
    fn no_log_is_a_panic_and_each_line_is_one(log in prop::collection::vec(any::<u8>(), 0..500)) {
        let mut lines = Lines::of(&log[..]);
        let mut count = 0;
        while let Some(line) = lines.next().expect("memory can be read") {
            let _ = line.and_then(read);
            count += 1;
        }
        let ended = usize::from(log.last().is_some_and(|last| *last != b'\n'));
        prop_assert_eq!(count, log.iter().filter(|byte| **byte == b'\n').count() + ended);
    }

    #[test]
    fn the_busiest_window_is_that_of_all_windows(
        gaps in prop::collection::vec(0_u64..40, 1..100),
        length in 1_u64..100,
    ) {
        let times: Vec<u64> = gaps.iter().scan(0, |at, gap| { *at += gap; Some(*at) }).collect();
        let mut busiest = Busiest::default();
        times.iter().for_each(|at| busiest.add(*at, 1, length));
        let within = |from: &u64| times.iter().filter(|at| (*from..from + length).contains(*at)).count();
        prop_assert_eq!(busiest.most() as usize, times.iter().map(within).max().unwrap_or(0));
    }
}
