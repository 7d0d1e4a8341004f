//! The lines of the log, as a machine reads them.

use std::sync::{Arc, Mutex};

use http::{HeaderMap, Method, StatusCode};
use serde_json::Value;
use tracing::{field::Empty, subscriber::with_default};

use super::*;
use crate::observe::{RequestId, Seen, Trace, next_number};

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_line_of_json_has_the_ids_of_its_request() {
    let kept = Kept::default();
    let writer = kept.clone();
    let lines = lines(true, false, move || writer.clone());
    with_default(tracing_subscriber::registry().with(lines), || {
        let request = tracing::info_span!(
            target: "secure_api::request",
            "request",
            request_id = "one",
            trace_id = Empty,
            span_id = Empty,
            otel.kind = "server",
        );
        request.record("trace_id", "two");
        request.record("span_id", "three");
        request.in_scope(|| {
            tracing::info!(number = 3, "a line\nof two");
            tracing::info!(request_id = "one", "one that has it by itself");
            tracing::info_span!("query", table = "orders").in_scope(|| tracing::info!("inside"));
        });
        let seen = Seen::new(&Method::GET, None);
        let (number, headers) = (next_number(), HeaderMap::new());
        let (id, trace) = (RequestId::of(&headers, number), Trace::of(&headers, number));
        seen.answered((&id, &trace), StatusCode::OK, 7, None::<&str>);
        tracing::info!("of no request");
    });
    let written = kept.0.lock().expect("no panic").clone();
    let text = String::from_utf8(written).expect("text");
    let lines: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let [own, itself, inside, answered, nobodys] = &lines[..] else { panic!("{text}") };
    assert_eq!((&own["level"], &own["number"]), (&"INFO".into(), &3.into()));
    assert_eq!(own["message"], "a line\nof two");
    // One name at one place, whoever says it.
    for line in [own, itself, inside] {
        let ids = ["request_id", "trace_id", "span_id"].map(|name| &line[name]);
        assert_eq!(ids, ["one", "two", "three"], "{line}");
        assert!(line.get("otel.kind").is_none(), "{line}");
    }
    assert_eq!(text.lines().nth(1).expect("a line").matches("request_id").count(), 1, "{text}");
    assert!(own.get("span").is_none() && itself.get("span").is_none(), "{text}");
    assert_eq!(inside["span"], serde_json::json!({ "name": "query", "table": "orders" }));
    assert!(answered["request_id"].is_string() && answered["trace_id"].is_string(), "{answered}");
    assert!(nobodys.get("request_id").is_none() && nobodys.get("span").is_none(), "{nobodys}");
}

/// Panics in a process of its own, whose hook is that of a release build: once with a literal, once with a value.
#[test]
#[ignore = "the test below starts it"]
fn panics_twice() {
    let lines = lines(true, false, io::stderr);
    with_default(tracing_subscriber::registry().with(lines), || {
        panics::log(true);
        let request = tracing::info_span!("request", request_id = "one");
        for value in ["", "a secret"] {
            let panics = || match value {
                "" => panic!("a literal"),
                value => panic!("{value}"),
            };
            let outcome = request.in_scope(|| std::panic::catch_unwind(panics));
            assert!(outcome.is_err());
        }
    });
}

// R73
#[test]
fn a_panic_leaves_its_place_and_none_of_its_values() {
    let own = std::env::current_exe().expect("a program");
    let child = ["--exact", "observe::init::tests::panics_twice", "--ignored", "--nocapture"];
    let output = std::process::Command::new(own).args(child).output().expect("it runs");
    assert!(output.status.success(), "{output:#?}");
    let log = String::from_utf8(output.stderr).expect("text");
    let lines: Vec<Value> =
        log.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let [literal, value] = &lines[..] else { panic!("{log}") };
    for line in [literal, value] {
        assert_eq!(
            (&line["level"], &line["target"]),
            (&"ERROR".into(), &"secure_api::panic".into())
        );
        assert!(
            line["place"].as_str().is_some_and(|place| place.contains("init/tests.rs:")),
            "{line}"
        );
        assert_eq!(line["span"]["request_id"], "one");
    }
    assert_eq!((&literal["panic"], &value["panic"]), (&"a literal".into(), &Value::Null));
    assert!(!log.contains("secret"), "{log}");
}
