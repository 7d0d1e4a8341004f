//! The answers to strangers: they are the same for an account that is there and for one that is not.

use std::{
    io::Write,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::gate::{Gate, PHRASE, gate};

/// Returns what a stranger sees of an answer: its status, its fields and its bytes, without what differs each time.
async fn seen(gate: &Gate, path: &str, body: &Value) -> (u16, Vec<(String, String)>, Vec<u8>) {
    // Each is the first of its minute, so that the quota is the same.
    gate.clock.advance(Duration::from_secs(61));
    let verb = if path == "/v1/password" { gate.client.put(path) } else { gate.client.post(path) };
    let reply = verb.json(body).await;
    let fields = reply.headers().iter().map(|(name, value)| {
        (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    });
    let fields = fields.filter(|(name, _)| name != "x-request-id");
    (reply.status(), fields.collect(), reply.bytes().to_vec())
}

// R77
#[tokio::test]
async fn a_stranger_is_told_the_same_of_an_account_that_is_there_and_one_that_is_not() {
    let gate = gate();
    for (path, rest, status) in [
        ("/v1/log-in", json!({ "password": "incorrect horse battery" }), 422),
        ("/v1/accounts", json!({ "password": PHRASE }), 202),
        ("/v1/accounts", json!({ "password": "short" }), 422),
        ("/v1/resets", json!({}), 202),
        ("/v1/password", json!({ "code": "no", "password": PHRASE }), 422),
    ] {
        let body = |name: &str| {
            let mut body = rest.clone();
            body["name"] = name.into();
            body
        };
        let there = seen(&gate, path, &body("alice")).await;
        let missing = seen(&gate, path, &body(&format!("m{path}").replace('/', ""))).await;
        assert_eq!(there, missing, "{path}");
        assert_eq!(there.0, status, "{path}");
    }
}

/// Reports the times of log-ins with a wrong password, for an account that is there and for one that is not. A machine under
/// load would make any bound fail by itself, so what is asserted is that both hash.
#[tokio::test]
async fn a_log_in_takes_as_long_for_nobody() {
    const ROUNDS: u32 = 12;
    let gate = gate();
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (name, times) in ["alice", "nobody"].into_iter().zip(&mut times) {
            // A day between, since who guesses all the time has less and less of its limits.
            gate.clock.advance(Duration::from_secs(86_400));
            let start = Instant::now();
            assert_eq!(gate.try_log_in(name, "incorrect horse battery").await, 422);
            times.push(start.elapsed());
        }
    }
    let [there, missing] = times.map(|mut times| {
        times.sort();
        (times[0], times[times.len() / 2], times[times.len() - 1])
    });
    // Past the test runner, which keeps back what is printed: the figure is in every report.
    writeln!(
        std::io::stderr(),
        "log-in, wrong password (least, median, most): there {there:?}, not there {missing:?}"
    )
    .expect("a report");
    let shortest = Duration::from_millis(2);
    assert!(there.0 > shortest && missing.0 > shortest, "one of them did not hash");
}
