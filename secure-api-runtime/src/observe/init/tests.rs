//! The lines of the log, as a machine reads them.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use tracing::{field::Empty, subscriber::with_default};

use super::*;

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
        let span = tracing::info_span!("request", request_id = "one", trace_id = Empty);
        span.record("trace_id", "two");
        span.in_scope(|| tracing::info!(number = 3, "a line\nof two"));
    });
    let written = kept.0.lock().expect("no panic").clone();
    let text = String::from_utf8(written).expect("text");
    assert_eq!(text.lines().count(), 1, "{text}");
    let line: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((&line["level"], &line["number"]), (&"INFO".into(), &3.into()));
    assert_eq!(line["message"], "a line\nof two");
    assert_eq!(line["span"]["request_id"], "one");
    assert_eq!(line["span"]["trace_id"], "two");
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
