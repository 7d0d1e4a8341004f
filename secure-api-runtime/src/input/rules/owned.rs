//! Names of headers and cookies that no input reads, since the framework or somebody on the way reads them.

use crate::{
    compose::{self, Text},
    input::Field,
    proxies::TELL_ADDRESS,
};

/// Headers that no input reads, each with the reason; with a `*` at its end, all that begin so.
const OWNED: &[(&str, &str)] = &[
    ("accept*", "it says what is answered with, which the framework negotiates"),
    ("access-control-*", OF_BROWSERS),
    ("authorization", CREDENTIALS),
    ("client-cert*", CREDENTIALS),
    ("connection", ON_THE_WAY),
    ("content-*", "it says what the body is, and the body's argument has asked it"),
    ("cookie", "cookies are read by `Cookies<…>`"),
    ("cookie2", "cookies are read by `Cookies<…>`"),
    ("dpop", CREDENTIALS),
    ("expect", ON_THE_WAY),
    ("forwarded", BY_PROXIES),
    ("host", ON_THE_WAY),
    ("http2-settings", ON_THE_WAY),
    ("idempotency-key", "`idempotency_key` on the route reads it"),
    ("if-*", "it is a condition, and each operation evaluates those"),
    ("keep-alive", ON_THE_WAY),
    ("max-forwards", ON_THE_WAY),
    ("origin", OF_BROWSERS),
    ("proxy-*", CREDENTIALS),
    ("range", "it asks for a part of a file, which a `Download` answers"),
    ("sec-*", OF_BROWSERS),
    ("set-cookie", "answers have it, and requests do not"),
    ("te", ON_THE_WAY),
    ("trailer", ON_THE_WAY),
    ("transfer-encoding", ON_THE_WAY),
    ("upgrade", ON_THE_WAY),
    ("via", ON_THE_WAY),
    ("x-api-key", CREDENTIALS),
    ("x-forwarded-*", BY_PROXIES),
    ("x-http-method*", ANOTHER_REQUEST),
    ("x-method-override", ANOTHER_REQUEST),
    ("x-original-url", ANOTHER_REQUEST),
    ("x-rewrite-url", ANOTHER_REQUEST),
];

const CREDENTIALS: &str = "it is for credentials, which `by` declares";
const ON_THE_WAY: &str = "it is of the connection, and others change it on the way";
const BY_PROXIES: &str = "only a trusted proxy is believed, and `RequestContext` says what it told";
const OF_BROWSERS: &str = "a browser says it, and the framework asks it whose page this is";
const ANOTHER_REQUEST: &str = "by it a request would be another one than was admitted";

const SESSION: &str = "it is for credentials, which `by = Session` declares";
const NO_NAME: &str = "no header and no cookie has such a name";

/// Returns the byte of a header's name by which names are compared: in lower case, an underscore as a hyphen.
const fn folded(byte: u8) -> u8 {
    if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() }
}

/// Returns `true` if a header is one of a pattern: its name, or the beginning of its name.
const fn fits(name: &str, pattern: &str) -> bool {
    let (name, pattern) = (name.as_bytes(), pattern.as_bytes());
    let is_family = pattern[pattern.len() - 1] == b'*';
    let length = pattern.len() - is_family as usize;
    if name.len() < length || (!is_family && name.len() != length) {
        return false;
    }
    let mut index = 0;
    while index < length {
        if folded(name[index]) != pattern[index] {
            return false;
        }
        index += 1;
    }
    true
}

const fn is_token(name: &str) -> bool {
    let name = name.as_bytes();
    let mut index = 0;
    while index < name.len() {
        let byte = name[index];
        if !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')) {
            return false;
        }
        index += 1;
    }
    index > 0
}

const fn owner_of_header(name: &str) -> Option<&'static str> {
    let mut index = 0;
    while index < OWNED.len() {
        if fits(name, OWNED[index].0) {
            return Some(OWNED[index].1);
        }
        index += 1;
    }
    let mut told = 0;
    while told < TELL_ADDRESS.len() {
        if fits(name, TELL_ADDRESS[told]) {
            return Some(BY_PROXIES);
        }
        told += 1;
    }
    None
}

/// Returns `true` if two fields are read from one header.
pub(crate) const fn is_one_header(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut index = 0;
    while index < one.len() && index < other.len() {
        if folded(one[index]) != folded(other[index]) {
            return false;
        }
        index += 1;
    }
    one.len() == other.len()
}

/// Checks the names of an input that is read from headers: each is free, and they differ in more than their case.
#[track_caller]
pub(in crate::input) const fn check_headers(fields: &[Field]) {
    let mut index = 0;
    while index < fields.len() {
        let name = fields[index].name;
        let owner = if is_token(name) { owner_of_header(name) } else { Some(NO_NAME) };
        if let Some(why) = owner {
            owned(name, why);
        }
        let mut other = 0;
        while other < index {
            if is_one_header(fields[other].name, name) {
                compose::fail(&[
                    "SA551: `",
                    fields[other].name,
                    "` and `",
                    name,
                    "` are one header\n  help: give one of them another name: in a header case means nothing, and `_` is `-`",
                ]);
            }
            other += 1;
        }
        index += 1;
    }
}

/// Checks the names of an input that is read from cookies: none is that of the `session`.
#[track_caller]
pub(in crate::input) const fn check_cookies(fields: &[Field], session: &str) {
    let mut index = 0;
    while index < fields.len() {
        let name = fields[index].name;
        if compose::same(name, session) {
            owned(name, SESSION);
        }
        if !is_token(name) {
            owned(name, NO_NAME);
        }
        index += 1;
    }
}

#[track_caller]
const fn owned(name: &str, why: &str) -> ! {
    let mut text = Text::new();
    text.push_all(&[
        "SA550: `",
        name,
        "` is not for an input to read: ",
        why,
        "\n  help: remove the field, or give it another name by `name = \"…\"`",
    ]);
    text.fail()
}
