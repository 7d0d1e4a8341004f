//! The files that access logs are: compressed, in several pieces, hostile, endless.

use std::{fs, io::Write};

use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

use super::{
    run, shop, told,
    traffic::{against, line, log, operation, undeclared},
};
use crate::support::folder::Folder;

#[test]
fn compressed_logs_and_several_are_one() {
    let folder = Folder::made("logs");
    let file = |name: &str| folder.path().join(name);
    // As `cat a.gz b.gz` writes it, and one whose last line has no end.
    let twice = [packed(&log()), packed(&log())].concat();
    fs::write(file("access.log.2.gz"), &twice).expect("a file");
    fs::write(file("access.log.1"), log().trim_end()).expect("a file");
    fs::write(file("access.log"), log()).expect("a file");
    let names = ["access.log.2.gz", "access.log.1", "access.log"]
        .map(|name| file(name).display().to_string());
    let whole = told(run(shop(), &["inventory", "--against", &names[0], "--json"], ""));
    let whole: Value = serde_json::from_str(&whole.1).expect("JSON");
    assert_eq!(operation(&whole, "list_orders", "v2")["calls"], 8);
    let all: Vec<&str> = names.iter().flat_map(|name| ["--log", name]).collect();
    let (_, all, errors) = told(run(shop(), &[&["inventory", "--json"], &all[..]].concat(), ""));
    let all: Value = serde_json::from_str(&all).unwrap_or_else(|_| panic!("{errors}"));
    assert_eq!(operation(&all, "list_orders", "v2")["calls"], 16);
    assert_eq!((&all["lines"], &all["unread"]), (&json!(64), &json!(0)));
}

#[test]
fn a_compressed_log_that_ends_early_is_told_until_there() {
    let folder = Folder::made("logs");
    let file = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        fs::write(&file, bytes).expect("a file");
        file.display().to_string()
    };
    let packed = packed(&log());
    let twice = [&packed[..], &packed[..]].concat();
    // Without its checksum, in the head of a further member, and in the middle of lines: what is whole counts.
    let ends = [
        (twice.len() - 9, 32),
        (packed.len() + 5, 16),
        (packed.len() - 1, 16),
        (packed.len() - 60, 1),
    ];
    for (end, least) in ends {
        let torn = file("torn.gz", &twice[..end]);
        for arguments in [["--log", &torn], ["--against", &torn]] {
            let arguments = [&["inventory", "--json"], &arguments[..]].concat();
            let (code, text, errors) = told(run(shop(), &arguments, ""));
            let told: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{errors}"));
            assert_eq!(code, 1);
            let requests = told["requests"].as_u64().expect("a number");
            assert!((least..=least.max(15)).contains(&requests), "{requests} at {end}");
            assert!(
                errors.starts_with("warning: ") && errors.contains("torn.gz ends early"),
                "{errors}"
            );
        }
    }
    // The next one begins a line, and limits are tried too.
    let torn = file("torn.gz", &packed[..packed.len() - 60]);
    let whole = file("access.log", log().as_bytes());
    let both = ["inventory", "--json", "--fail-on", "never", "--log", &torn, "--log", &whole];
    let (code, text, errors) = told(run(shop(), &both, ""));
    let told_of: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(code, 0);
    assert!(told_of["requests"].as_u64() > Some(16), "{told_of:#}");
    assert_eq!(errors.matches("warning").count(), 1, "{errors}");
    let (code, _, errors) = told(run(shop(), &["limits", "--against", &torn], ""));
    assert_eq!(code, 0);
    assert!(errors.contains("torn.gz ends early"), "{errors}");
    // What is broken and not torn is no result, and a document that is torn says something else.
    let mut broken = packed.clone();
    let last = broken.len() - 6;
    broken[last] ^= 0xff;
    let broken = file("broken.gz", &broken);
    let (code, text, errors) = told(run(shop(), &["inventory", "--log", &broken], ""));
    assert_eq!((code, &*text), (2, ""));
    assert!(errors.contains("cannot read") && errors.contains("broken.gz"), "{errors}");
    let document = super::logs::packed("openapi: 3.1.0\npaths:\n  /a:\n    get: {}\n");
    let document = file("openapi.gz", &document[..document.len() - 4]);
    let (code, text, errors) = told(run(shop(), &["inventory", "--against", &document], ""));
    assert_eq!((code, &*text), (2, ""));
    assert!(errors.contains("it ends early"), "{errors}");
}

/// Compresses a text.
fn packed(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).expect("memory");
    packed.finish().expect("memory")
}

// What callers send stands in a log, and a log is read on a terminal.
#[test]
fn hostile_lines_are_counted_and_reach_no_terminal() {
    let mut hostile = log().into_bytes();
    let long = format!("GET /v2/{}", "a".repeat(100_000));
    for line in [
        line("192.0.2.9", 1, "GET /\x1b]0;owned\x07/\u{202e}evil", 200),
        line("192.0.2.9", 1, "\x1b[2JGET /v2/orders", 200),
        line("192.0.2.9", 1, "GET /v2/../../etc/passwd", 200),
        line("192.0.2.9", 1, &long, 200),
        "\x00\x00\x00\x00\n".to_owned(),
        "not a line\n".to_owned(),
        format!("{{\"ts\":1e400,\"x\":{}}}\n", "[".repeat(5_000)),
        "192.0.2.9 - - [99/Nov/2026:20:42:00 +0000] \"GET / HTTP/1.1\" 200 1\n".to_owned(),
        "192.0.2.9 - - [29/Nov/2026:20:42:00 +0000] \"GET / HTTP/1.1\n".to_owned(),
        "192.0.2.9 - - [29/Nov/2026:20:42:00 +0000] \"GET / HTTP/1.1\" 2x0 1\n".to_owned(),
    ] {
        hostile.extend(line.into_bytes());
    }
    hostile.extend(b"192.0.2.9 - \xff\xfe [29/Nov/2026:20:42:00 +0000] \"GET / HTTP/1.1\" 200 1\n");
    let folder = Folder::made("logs");
    let file = folder.path().join("access.log");
    fs::write(&file, hostile).expect("a file");
    let file = file.display().to_string();
    for form in [&[][..], &["--json"]] {
        let arguments = [&["inventory", "--against", &*file], form].concat();
        let mut shop = shop();
        // As on a terminal: what styles a text is not taken out of it.
        shop.env("CLICOLOR_FORCE", "1");
        let (code, text, errors) = told(run(shop, &arguments, ""));
        assert_eq!((code, &*errors), (1, ""));
        let is_obeyed =
            |letter: char| letter != '\n' && (letter.is_control() || letter == '\u{202e}');
        // In JSON such a letter is escaped, or is left to whoever shows it.
        let shown =
            text.chars().any(|letter| is_obeyed(letter) && (form.is_empty() || letter < ' '));
        assert!(!shown, "{text}");
        assert!(!text.contains("owned"), "{text}");
    }
    let told = told(run(shop(), &["inventory", "--against", &file, "--json"], ""));
    let told: Value = serde_json::from_str(&told.1).expect("JSON");
    assert_eq!(
        (&told["lines"], &told["unread"], &told["requests"]),
        (&json!(27), &json!(8), &json!(19))
    );
}

#[test]
fn whoever_asks_for_everything_makes_no_long_list() {
    let mut log = String::new();
    for number in 0..20_000_u32 {
        let word: String = number.to_string().bytes().map(|digit| char::from(digit + 49)).collect();
        log += &line("192.0.2.9", 1, &format!("GET /x{word}/y{word}/z{word}"), 200);
        log += &line("192.0.2.9", 1, &format!("GET /v2/shop/{word}"), 404);
    }
    log += &line("192.0.2.1", 2, "GET /v2/orders", 200);
    let (_, told) = against(&log, &[]);
    let listed = undeclared(&told);
    assert!(listed.len() < 4096, "{}", listed.len());
    let calls: u64 = listed.iter().filter_map(|one| one[2].as_u64()).sum();
    assert_eq!(calls + told["unlisted"].as_u64().expect("a number"), 40_000);
    // Of many names below one path there is one line.
    assert!(
        listed.contains(&json!(["GET", "/v2/shop/{text}", 20_000, 0, 1])),
        "{:?}",
        &listed[..9]
    );
    assert_eq!(operation(&told, "list_orders", "v2")["calls"], 1);
}

#[test]
fn a_log_without_a_request_is_no_answer() {
    let (code, text, errors) = told(run(shop(), &["inventory", "--log", "-"], "nothing\nat all\n"));
    assert_eq!((code, &*text), (2, ""));
    assert!(errors.contains("there is no request in 2 lines"), "{errors}");
    let (code, _, errors) = told(run(shop(), &["inventory", "--log", "/nowhere/access.log"], ""));
    assert_eq!(code, 2);
    assert!(errors.contains("cannot read /nowhere/access.log"), "{errors}");
    // What is neither is told as no document.
    let (code, _, errors) = told(run(shop(), &["inventory", "--against", "-"], "{\"a\": 1}"));
    assert_eq!(code, 2);
    assert!(errors.contains("is no OpenAPI document"), "{errors}");
}
