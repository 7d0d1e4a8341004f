//! The lines of a stream without an app.

use std::{
    io::{self, Write},
    sync::Mutex,
};

use serde_json::Value;

use super::*;

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A writer that panics.
struct Broken;

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        panic!("it is broken")
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A writer that hangs.
struct Hanging;

impl Write for Hanging {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        loop {
            std::thread::park();
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn begun(writer: impl Write + Send + 'static) -> Audited {
    let hash = |texts: &[&str]| texts.join("|");
    let audited = Audit::to(writer).ready("Shop", Clock::manual(1_790_000_000), hash);
    let audited = audited.expect("a stream");
    audited.begin().expect("it begins");
    audited
}

fn event(event: &'static str) -> Event<'static> {
    Event { event, ..Event::default() }
}

// A text of somebody else's is a text in its line, and never another line.
#[tokio::test]
async fn an_event_is_one_line() {
    let kept = Kept::default();
    let audited = begun(kept.clone());
    let reason = Some("a\n{\"event\":\"b\"}\u{2028}\"");
    audited.tell(&Event { reason, ..event("authz_fail") });
    audited.close().await;
    let text = String::from_utf8(kept.0.lock().expect("no panic").clone()).expect("text");
    assert_eq!(text.lines().count(), 1, "{text}");
    let line: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(line["reason"].as_str(), reason);
    let members: Vec<_> = line.as_object().expect("an object").keys().collect();
    assert_eq!(members, ["datetime", "appid", "level", "event", "description", "reason"]);
}

#[tokio::test]
async fn what_comes_after_the_end_is_counted() {
    let audited = begun(Kept::default());
    audited.tell(&event("authz_fail"));
    audited.close().await;
    audited.tell(&event("authz_fail"));
    let counts = audited.stream().expect("a stream").counts();
    assert_eq!((counts.written.get(), counts.lost.get()), (1, 1));
}

// It is tried until the end, and the end comes.
#[tokio::test]
async fn a_writer_that_panics_loses_what_is_counted() {
    let audited = begun(Broken);
    audited.tell(&event("authz_fail"));
    audited.close().await;
    let counts = audited.stream().expect("a stream").counts();
    assert_eq!((counts.written.get(), counts.lost.get()), (0, 1));
}

#[test]
fn an_address_has_one_hash_in_either_form() {
    let audited = begun(Kept::default());
    let of = |text: &str| audited.address(Some(text.parse().expect("an address")));
    assert_eq!(of("192.0.2.1"), of("::ffff:192.0.2.1"));
    assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    assert_eq!(Audited::default().address(Some("192.0.2.1".parse().expect("an address"))), None);
}

// Nor does anything of it wait where the program ends.
#[tokio::test(start_paused = true)]
async fn a_writer_that_hangs_keeps_nobody() {
    let audited = begun(Hanging);
    audited.tell(&event("authz_fail"));
    audited.close().await;
}

// What a stranger may choose the length of has a bound, since the room is of lines.
#[test]
fn a_line_has_a_bound() {
    use crate::observe::seen::short;

    assert_eq!(short("GET", 32), "GET");
    assert_eq!(short(&"M".repeat(30_000), 32).len(), 32);
    assert_eq!(short("aé", 2), "a");
}
