//! The secrets of the tests: what must stand in no log. With `SECURE_API_LOGS` each that is sent or given out is noted beside the logs,
//! and `scripts/check-logs` looks for all of them there.

use std::{fs::File, io::Write, sync::LazyLock};

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{Request, header};
use serde_json::Value;

static NOTED: LazyLock<Option<File>> = LazyLock::new(|| super::log::kept("secrets"));

/// The shortest that is looked for: shorter ones are words, as are those of small letters alone. Nobody can tell where a line says
/// one of these, as `password`, and where it repeats it.
const SHORTEST: usize = 8;

/// The members of content that are secrets.
const MEMBERS: [&str; 8] = [
    "password",
    "new_password",
    "secret",
    "client_secret",
    "token",
    "access_token",
    "refresh_token",
    "key",
];

/// Notes a secret.
pub(crate) fn note(secret: &str) {
    let Some(mut file) = NOTED.as_ref() else { return };
    let is_word = secret.len() < SHORTEST || secret.bytes().all(|byte| byte.is_ascii_lowercase());
    if !is_word && !secret.contains(['\n', '\r']) {
        file.write_all(format!("{secret}\n").as_bytes()).expect("a file of secrets");
    }
}

/// Notes the secrets of a request: its credentials, wherever they stand, and its query.
pub(crate) fn of_request(request: &Request) {
    if NOTED.is_none() {
        return;
    }
    for (name, value) in request.headers() {
        let Ok(value) = value.to_str() else { continue };
        match name {
            &header::AUTHORIZATION | &header::PROXY_AUTHORIZATION => of_credentials(value),
            &header::COOKIE => value.split("; ").for_each(of_cookie),
            // The key of a repetition is the caller's, and no credential.
            name if name.as_str() == "idempotency-key" => {}
            name if ["key", "token", "dpop"].iter().any(|part| name.as_str().contains(part)) => {
                note(value);
            }
            _ => {}
        }
    }
    request.url().query_pairs().for_each(|(_, value)| note(&value));
    if let Some(body) = request.body().and_then(|body| body.as_bytes()) {
        of_content(body);
    }
}

/// Notes the secrets of an answer: cookies that it sets, and tokens and keys that it gives out.
pub(crate) fn of_answer(headers: &header::HeaderMap, body: &str) {
    if NOTED.is_none() {
        return;
    }
    for value in headers.get_all(header::SET_COOKIE) {
        of_cookie(value.to_str().unwrap_or_default().split(';').next().unwrap_or_default());
    }
    of_content(body.as_bytes());
}

fn of_credentials(value: &str) {
    let Some((scheme, credentials)) = value.split_once(' ') else { return note(value) };
    note(credentials);
    // The part of a token by which it counts.
    credentials.rsplit('.').take(1).for_each(note);
    if scheme.eq_ignore_ascii_case("basic")
        && let Ok(decoded) = STANDARD.decode(credentials)
        && let Some((_, password)) = String::from_utf8_lossy(&decoded).split_once(':')
    {
        note(password);
    }
}

fn of_cookie(pair: &str) {
    if let Some((_, value)) = pair.split_once('=') {
        note(value);
    }
}

fn of_content(content: &[u8]) {
    if let Ok(content) = serde_json::from_slice::<Value>(content) {
        walk(&content);
    }
}

fn walk(value: &Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value.as_str().filter(|_| MEMBERS.contains(&name.as_str())) {
                    Some(secret) => note(secret),
                    None => walk(value),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(walk),
        _ => {}
    }
}
