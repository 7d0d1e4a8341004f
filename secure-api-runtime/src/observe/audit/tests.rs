//! The lines of a stream without an app.

use std::{
    io::{self, Write},
    sync::Mutex,
};

use http::HeaderMap;
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
#[tokio::test]
async fn a_line_has_a_bound() {
    use crate::{
        error::{Problem, problem},
        observe::{RequestId, Seen, Trace, next_number, seen::short},
    };

    let kept = Kept::default();
    let audited = begun(kept.clone());
    let long = "M".repeat(30_000);
    let seen = Seen::new(&http::Method::from_bytes(long.as_bytes()).expect("a method"), None);
    let (headers, number) = (HeaderMap::new(), next_number());
    let (id, trace) = (RequestId::of(&headers, number), Trace::of(&headers, number));
    let refused = Problem::new(&problem::FORBIDDEN).because(long.clone());
    seen.audit(&audited, (&id, &trace), &refused, "authz_fail", None);
    audited.close().await;
    let text = String::from_utf8(kept.0.lock().expect("no panic").clone()).expect("text");
    let line: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        (&line["request_method"], &line["reason"]),
        (&long[..32].into(), &long[..512].into())
    );
    assert!(text.len() < 1200, "{text}");

    assert_eq!(short("GET", 32), "GET");
    assert_eq!(short(&"M".repeat(30_000), 32).len(), 32);
    assert_eq!(short("aé", 2), "a");
}

// Nothing is written into a file that nobody finds any more: it waits, as for a disk that is full.
#[cfg(unix)]
#[test]
fn a_file_that_is_removed_with_its_folder_is_not_written_to() {
    use std::fs;

    let folder = std::env::temp_dir().join(format!("secure-api-audit-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("audit.jsonl");
    let mut place = Place::File { path: path.clone(), open: None };
    assert!(place.look().expect("a file"));
    place.write(b"one\n", &mut 0).expect("it is written");
    fs::remove_dir_all(&folder).expect("it is removed");
    assert!(place.look().is_err());
    assert!(place.write(b"two\n", &mut 0).is_err(), "nobody would find it");
    // One that has another name by now, and cannot be begun anew, is found.
    fs::create_dir_all(&folder).expect("a folder");
    assert!(place.look().expect("a file"));
    place.write(b"three\n", &mut 0).expect("it is written");
    let moved = folder.with_extension("moved");
    fs::rename(&folder, &moved).expect("it is moved");
    assert!(place.look().is_err());
    place.write(b"four\n", &mut 0).expect("it is written");
    assert_eq!(fs::read(moved.join("audit.jsonl")).expect("a file"), b"three\nfour\n");
    fs::remove_dir_all(&moved).expect("it is removed");
}

// What was begun in one file is no line in another.
#[test]
fn lines_are_written_whole_into_another_file() {
    for (written, whole) in [("", 0), ("one", 0), ("one\n", 4), ("one\ntwo", 4), ("one\ntwo\n", 8)]
    {
        assert_eq!(super::stream::whole_lines(written.as_bytes()), whole, "{written:?}");
    }
}
