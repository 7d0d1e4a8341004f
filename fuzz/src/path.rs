//! Paths: the operation that answers is the one that another reader of the templates finds, and its address is a fixed point.

use std::sync::LazyLock;

use http::Uri;
use secure_api::inventory::{Expected, LoggedTraffic};

use super::{
    api::{Answer, app, ask, get},
    encoded::percent,
};

/// The templates of paths, by the names of their operations.
const TEMPLATES: [(&str, &str); 10] = [
    ("plain", "/v1/plain/{}"),
    ("plain", "/v2/plain/{}"),
    ("latest", "/v2/plain/latest"),
    ("part", "/v1/plain/{}/parts/{}"),
    ("part", "/v2/plain/{}/parts/{}"),
    ("document", "/v1/files/{}.json"),
    ("document", "/v2/files/{}.json"),
    ("notes", "/v2/files/{}.old/notes"),
    ("pair", "/v1/pairs/{}-{}"),
    ("where", "/v1/where"),
];

/// Sends a path, as text or without its first byte with all else encoded.
pub fn check(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    let target = match text.strip_prefix('!') {
        Some(rest) => rest.split('/').map(percent).collect::<Vec<_>>().join("/"),
        None => text.to_owned(),
    };
    let Ok(uri) = target.parse::<Uri>() else { return false };
    if !uri.path().starts_with('/') || uri.query().is_some() || uri.authority().is_some() {
        return false;
    }
    let path = uri.path();
    let answer = ask(get(path), "");
    let fits = |(_, template): &&(&str, &str)| matches(template, path);
    let found: Vec<_> = TEMPLATES.iter().filter(fits).map(|(operation, _)| *operation).collect();
    if !answer.is_well() {
        // What is plain is no path that a check of its form refuses.
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/.".contains(&byte);
        let plain = path.len() <= 40
            && path.bytes().all(is_plain)
            && !path.contains("..")
            && !path.contains("latest");
        assert!(!plain || found.is_empty(), "{path} is refused: {answer:?}");
        if answer.status == 404 && found.is_empty() {
            assert!(
                logged(path).is_none_or(|names| names.is_empty()),
                "{path} is nothing: {:?}",
                logged(path)
            );
        }
        return false;
    }
    let Some(operation) = answer.text("operation") else { return true };
    // A word is more than a parameter that it would be.
    let meant = if found.contains(&"latest") {
        "latest"
    } else {
        found.first().copied().unwrap_or_default()
    };
    assert_eq!(meant, operation, "{path} by {found:?}");
    is_fixed(path, &operation, &answer);
    if let Some(names) = logged(path) {
        assert!(
            names.len() == 1 && names[0].ends_with(&operation),
            "{path} is {operation}: {names:?}"
        );
    }
    true
}

/// Asserts that the address of what was read leads there again.
fn is_fixed(path: &str, operation: &str, answer: &Answer) {
    let version = &path[..3];
    let template = TEMPLATES.iter().find(|(of, at)| *of == operation && at.starts_with(version));
    let mut address = template.expect("a template").1.to_owned();
    for value in [answer.text("one"), answer.text("two")].into_iter().flatten() {
        address = address.replacen("{}", &percent(&value), 1);
    }
    let again = ask(get(&address), "");
    assert_eq!((again.status, &again.body), (answer.status, &answer.body), "{path} and {address}");
}

/// Returns the operations that are called by this path, by who reads a log.
fn logged(path: &str) -> Option<Vec<String>> {
    static EXPECTED: LazyLock<Expected> = LazyLock::new(|| Expected::of(&app().model()));
    if path.contains(['"', '\\']) || path.len() > 2000 {
        return None;
    }
    let line =
        format!("192.0.2.1 - - [29/Nov/2026:20:42:26 +0000] \"GET {path} HTTP/1.1\" 200 9\n");
    let traffic = LoggedTraffic::read(EXPECTED.clone(), line.as_bytes()).expect("a log");
    let called = traffic.operations.into_iter().filter(|one| one.calls > 0);
    Some(called.map(|one| one.expected.operation).collect())
}

/// Tells if a path is of a template: each parameter takes a text that is not empty and has no slash, by trying all.
fn matches(template: &str, path: &str) -> bool {
    match template.split_once("{}") {
        None => template == path,
        Some((before, rest)) => {
            let Some(path) = path.strip_prefix(before) else { return false };
            let most = path.find('/').unwrap_or(path.len());
            let ends = path.char_indices().map(|(at, letter)| at + letter.len_utf8());
            ends.take_while(|end| *end <= most).any(|end| matches(rest, &path[end..]))
        }
    }
}
