//! Cookies (RFC 6265): the reader of inputs and that of credentials find the one that another parser finds, or none counts.

use cookie::Cookie;
use http::header::COOKIE;

use super::api::{ask, get, lines};

/// Sends lines as `Cookie`.
pub fn check(data: &[u8]) -> bool {
    let sent: Vec<&[u8]> = data
        .split(|byte| *byte == b'\n')
        .take(40)
        .filter(|line| http::HeaderValue::from_bytes(line).is_ok())
        .collect();
    let named = |name: &str| -> Option<Vec<String>> {
        let mut found = Vec::new();
        for line in &sent {
            let cookies = Cookie::split_parse(str::from_utf8(line).ok()?.to_owned());
            let cookies = cookies.flatten().filter(|cookie| cookie.name() == name);
            found.extend(cookies.map(|cookie| cookie.value().to_owned()));
        }
        Some(found)
    };
    let mut accepted = false;
    let answer = ask(lines(get("/v1/cookies"), &COOKIE, data), "");
    if answer.is_well()
        && let Some(found) = named("theme")
    {
        accepted = answer.text("one").is_some();
        // It takes blanks off the names, which no browser sends; ours takes such a name for another one.
        assert!(answer.text("one").is_none_or(|one| found.contains(&one)), "{data:?}");
    }
    let answer = ask(lines(get("/v1/badge"), &COOKIE, data), "");
    if answer.is_well() {
        accepted = true;
        let subject = answer.text("subject").expect("a subject");
        if let Some(found) = named("badge") {
            let digits = subject.as_bytes()[1..].chunks(2).map(|pair| str::from_utf8(pair).ok());
            let byte = |pair: Option<&str>| u8::from_str_radix(pair?, 16).ok();
            let bytes: Option<Vec<u8>> = digits.map(byte).collect();
            let badge =
                bytes.and_then(|bytes| String::from_utf8(bytes).ok()).expect("what was sent");
            // It takes blanks of any language off the values as well.
            assert!(found.iter().any(|one| one == badge.trim()), "{data:?}");
        }
    }
    accepted
}
