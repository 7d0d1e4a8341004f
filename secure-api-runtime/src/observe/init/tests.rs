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
