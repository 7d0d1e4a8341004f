//! Limits tried against an access log: what a log says they would refuse is what they refuse.

use std::time::Duration;

use secure_api::{app::AppBuilder, clock::Clock, inventory::TriedLimits, limit::Limit};

use crate::support::{
    TestServer,
    server::{START, app, stocked},
};

fn depot() -> AppBuilder {
    app(&stocked(), &Clock::manual(START))
}

/// Returns a line of a log, so many seconds after 20:42:00 UTC.
fn line(user: &str, seconds: u64, request: &str) -> String {
    let (minute, second) = (42 + seconds / 60, seconds % 60);
    format!(
        "127.0.0.1 - {user} [21/Sep/2026:20:{minute:02}:{second:02} +0000] \"{request} HTTP/1.1\" 200 7\n"
    )
}

fn tried(app: &AppBuilder, log: &str) -> TriedLimits {
    app.limits_against(log.as_bytes()).expect("memory can be read")
}

/// Returns the requests of an operation, and those of its refusals.
fn of(tried: &TriedLimits, policy: &str) -> (u64, u64) {
    let found = tried.policies.iter().find(|tried| tried.policy == policy);
    found.map(|tried| (tried.requests, tried.refused)).expect("a policy")
}

// R60 R63: the same cells, the same stages, and a refused request is charged to none of them.
#[tokio::test]
async fn a_log_is_refused_what_its_requests_were() {
    let server = TestServer::start().await;
    let users = ["alice", "bob", "carol", "dave"];
    let tokens = users.map(|user| server.token(user, &["customer"]));
    let (mut log, mut refused, mut at) = (String::new(), Vec::new(), 0);
    for turn in 0_u64..120 {
        let (user, wait) = ((turn * turn % 7 % 4) as usize, turn * 7919 % 11);
        server.clock.advance(Duration::from_secs(wait));
        at += wait;
        let answer = server.get_as(&tokens[user], "/v2/probe").await;
        assert!(matches!(answer.status, 200 | 429), "{answer:#?}");
        if answer.status == 429 {
            refused.push(users[user]);
        }
        log.push_str(&line(users[user], at, "GET /v2/probe"));
    }
    let tried = tried(&depot(), &log);
    assert_eq!((tried.requests, tried.unanswered, tried.unread), (120, 0, 0));
    assert_eq!(tried.refused, refused.len() as u64);
    for user in users {
        let own = tried.most_refused.iter().find(|caller| caller.caller == user);
        let count = refused.iter().filter(|refused| **refused == user).count() as u64;
        assert_eq!(own.map_or(0, |own| own.refused), count, "{user}");
    }
    // Both kinds refused some.
    assert!(of(&tried, "probe-address").1 > 5 && of(&tried, "probe-principal").1 > 5, "{tried}");
}

#[test]
fn a_line_is_the_operation_that_its_path_and_method_lead_to() {
    let log = [
        line("-", 0, "GET /v2/probe?size=1"),
        line("-", 0, "HEAD /v1/probe"),
        line("-", 0, "GET http://depot.example/v2/probe"),
        line("-", 0, "GET /v9/probe"),
        line("-", 0, "DELETE /v2/probe"),
        line("-", 0, "OPTIONS /v2/probe"),
        line("-", 0, "GET /proxy/v2/probe"),
        "\n".to_owned(),
    ];
    let found = tried(&depot(), &log.concat());
    assert_eq!((found.lines, found.unread, found.requests, found.unanswered), (8, 1, 7, 4));
    assert_eq!((of(&found, "probe-address").0, of(&found, "app-address").0), (3, 7));
    assert_eq!((found.from, found.until), (Some(1_790_023_320), Some(1_790_023_320)));

    // A log of the proxy has its path, one of the app has not.
    let below = tried(&depot().base_url("https://depot.example/proxy"), &log.concat());
    assert_eq!((below.unanswered, of(&below, "probe-address").0), (3, 4));
}

#[test]
fn each_line_may_be_taken_for_one_operation() {
    let log: String = (0..9).map(|at| line("-", at, "GET /wherever")).collect();
    let own = depot().limits_against_as(log.as_bytes(), "probe").expect("an operation");
    assert_eq!((own.unanswered, own.refused, own.refused_callers), (0, 6, 1));
    let scaled = depot().limit_scale(2).limits_against_as(log.as_bytes(), "probe").expect("one");
    assert_eq!((scaled.refused, scaled.policies[0].limit.count), (3, 2400));
    let strict = depot().address_limit(Limit::per_address(1).per_day());
    assert_eq!(tried(&strict, &log).refused, 8);
    let none = depot().limits_against_as(log.as_bytes(), "nothing").expect_err("no operation");
    assert_eq!(none.to_string(), "there is no operation `nothing`");
}

#[test]
fn a_report_is_data_and_a_text_that_no_terminal_obeys() {
    let log: String = (0..9).map(|at| line("e\u{1b}[2Jve", at, "GET /v2/probe")).collect();
    let found = tried(&depot(), &log);
    let json = serde_json::to_string(&found).expect("JSON");
    assert_eq!(serde_json::from_str::<TriedLimits>(&json).expect("a report"), found);
    let text = found.to_string();
    assert!(text.contains("e\u{fffd}[2Jve") && !text.contains('\u{1b}'), "{text}");
    let probe =
        "probe      3/min per principal   9         1        9    9    9    9     6        1";
    assert!(text.lines().any(|line| line == probe), "{text}");
}
