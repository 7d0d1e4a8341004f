//! The shop's limits, tried against a log by its command.

use std::{
    fs,
    io::Write,
    process::{Command, Output, Stdio},
};

use super::program;
use crate::support::Folder;

/// Returns an evening of a shop: customers, one who orders by a program, one who lists user names, and one who guesses codes.
fn evening() -> String {
    let mut lines = Vec::new();
    let mut add = |caller: &str, second: u32, request: &str, status: u16| {
        let (minute, second) = (10 + second / 60, second % 60);
        lines.push(format!(
            "{caller} [29/Nov/2026:20:{minute:02}:{second:02} +0100] \"{request} HTTP/1.1\" {status} 99 \"-\" \"-\"\n"
        ));
    };
    for customer in 1..=20 {
        let caller = format!("192.0.2.{customer} - customer{customer}");
        for page in 0..customer {
            add(&caller, customer * 7 + page * 9, "GET /v2/products?size=20", 200);
        }
        add(&caller, customer * 7 + 60, "POST /v2/orders", 201);
    }
    for order in 0..40 {
        add("198.51.100.7 - importer", 30 + order / 4, "POST /v2/orders", 201);
    }
    for name in 0..60 {
        add("2001:db8:7:1::5 - -", 60 + name, &format!("GET /v1/user-names/name{name}"), 404);
    }
    for _ in 0..12 {
        add("203.0.113.9 - -", 200, "POST /v2/otp/login", 401);
    }
    add("203.0.113.9 - -", 201, "GET /wp-login.php", 404);
    let no_request = r#"203.0.113.9 - - [29/Nov/2026:20:13:22 +0100] "\x16\x03\x01" 400 0 "-" "-""#;
    lines.push(format!("{no_request}\n"));
    // By their times, as a server writes them.
    lines.sort_by_key(|line| line.split_once('[').map(|(_, time)| time[..26].to_owned()));
    lines.concat()
}

fn limits(arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(program());
    command.arg("limits").args(arguments).stdin(Stdio::piped());
    let mut process =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the shop starts");
    // One that does not read it has ended.
    let _ = process.stdin.take().expect("its input is piped").write_all(input.as_bytes());
    process.wait_with_output().expect("the shop ends")
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("a text")
}

#[test]
fn the_book_shows_what_a_log_comes_to() {
    let folder = Folder::made("limits-");
    let file = folder.path().join("access.log");
    fs::write(&file, evening()).expect("a file");
    let told = limits(&["--against", file.to_str().expect("a path")], "");
    assert_eq!(told.status.code(), Some(0), "{told:?}");
    let piped = limits(&["--against", "-"], &evening());
    assert_eq!(printed(&piped), printed(&told));
    let book = include_str!("../../../book/src/limit.md");
    assert!(book.contains(&format!("```text\n{}```", printed(&told))), "{}", printed(&told));
}

#[test]
fn its_code_tells_a_build() {
    let code = |arguments: &[&str], input: &str| limits(arguments, input).status.code();
    assert_eq!(code(&["--against", "-", "--fail-on-refusal"], &evening()), Some(1));
    let peaceful: String = evening().lines().take(3).map(|line| format!("{line}\n")).collect();
    assert_eq!(code(&["--against", "-", "--fail-on-refusal"], &peaceful), Some(0));
    assert_eq!(code(&["--against", "/nowhere/access.log"], ""), Some(2));
    assert_eq!(code(&["--against", "-", "--as", "no_such_operation"], ""), Some(2));
    let only = limits(&["--against", "-", "--as", "create_order", "--fail-on-refusal"], &evening());
    assert_eq!(only.status.code(), Some(1));
    assert!(!printed(&only).contains("sign_in"), "{}", printed(&only));
}
