//! Webhooks (Standard Webhooks): what is taken was signed with the secret, as its fields and its content were sent, and is taken once.

use std::sync::{Mutex, PoisonError};

use aws_lc_rs::hmac;
use axum::Router;
use http::{HeaderValue, Request};

use super::{
    api::{Answer, NOW, SECRET, app, ask_from, router, somebody},
    encoded::base64,
};

/// The messages that one app is sent: one sender has room for some more of them in its ledger.
const MOST: usize = 10_000;

/// Returns an app that was sent so few messages, and a number that no message had.
fn taker() -> (Router, usize) {
    static TAKER: Mutex<(Option<Router>, usize)> = Mutex::new((None, 0));

    let mut taker = TAKER.lock().unwrap_or_else(PoisonError::into_inner);
    let (kept, number) = &mut *taker;
    *number += 1;
    if *number % MOST == 0 {
        *kept = None;
    }
    (kept.get_or_insert_with(|| router(app())).clone(), *number)
}

/// Sends three lines as id, timestamp and signatures, and the rest as content. `*` in the signatures stands for the one that is
/// right, and `#` for that of the same number in another spelling.
pub fn check(data: &[u8]) -> bool {
    let mut parts = data.splitn(4, |byte| *byte == b'\n');
    let (Some(id), Some(timestamp), Some(signatures), Some(content)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    // What came before is refused whatever signs it.
    let (taker, number) = taker();
    let id = &*[id, b"-", number.to_string().as_bytes()].concat();
    let message = [id, b".", timestamp, b".", content].concat();
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_ref());
    let right = base64(hmac::sign(&key, &message).as_ref());
    let number = str::from_utf8(timestamp)
        .ok()
        .and_then(|text| text.parse::<i64>().ok())
        .unwrap_or_default();
    let message = [id, b".", number.to_string().as_bytes(), b".", content].concat();
    let other = base64(hmac::sign(&key, &message).as_ref());
    let signatures = String::from_utf8_lossy(signatures).replace('*', &right).replace('#', &other);
    let fields = [
        ("webhook-id", id),
        ("webhook-timestamp", timestamp),
        ("webhook-signature", signatures.as_bytes()),
    ];
    if fields.iter().any(|(_, value)| HeaderValue::from_bytes(value).is_err()) {
        return false;
    }
    let send = || -> Answer {
        let request = Request::post("/v1/hooks").header("content-type", "application/json");
        let add = |request: http::request::Builder, (name, value)| request.header(name, value);
        ask_from(&taker, somebody(), fields.into_iter().fold(request, add), content.to_vec())
    };
    let answer = send();
    if !answer.is_well() {
        return false;
    }
    assert_eq!(send().status, 403, "it is taken twice");
    let right = format!("v1,{right}");
    assert!(signatures.split(' ').take(8).any(|one| one == right), "{signatures} is not {right}");
    assert_eq!(answer.text("one").as_deref(), str::from_utf8(id).ok());
    let timestamp = str::from_utf8(timestamp).ok().and_then(|text| text.parse::<i64>().ok());
    assert!(timestamp.is_some_and(|at| at.abs_diff(NOW) <= 300), "{timestamp:?}");
    true
}
