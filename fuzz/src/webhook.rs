//! Webhooks (Standard Webhooks): what is taken was signed with the secret, as its fields and its content were sent.

use aws_lc_rs::hmac;
use http::{HeaderValue, Request};

use super::{
    api::{NOW, SECRET, ask},
    encoded::base64,
};

/// Sends three lines as id, timestamp and signatures, and the rest as content. `*` in the signatures stands for the one that is
/// right, and `#` for that of the same number in another spelling.
pub fn check(data: &[u8]) -> bool {
    let mut parts = data.splitn(4, |byte| *byte == b'\n');
    let (Some(id), Some(timestamp), Some(signatures), Some(content)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
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
    let mut request = Request::post("/v1/hooks").header("content-type", "application/json");
    for (name, value) in [
        ("webhook-id", id),
        ("webhook-timestamp", timestamp),
        ("webhook-signature", signatures.as_bytes()),
    ] {
        let Ok(value) = HeaderValue::from_bytes(value) else { return false };
        request = request.header(name, value);
    }
    let answer = ask(request, content.to_vec());
    if !answer.is_well() {
        return false;
    }
    let right = format!("v1,{right}");
    assert!(signatures.split(' ').take(8).any(|one| one == right), "{signatures} is not {right}");
    assert_eq!(answer.text("one").as_deref(), str::from_utf8(id).ok());
    let timestamp = str::from_utf8(timestamp).ok().and_then(|text| text.parse::<i64>().ok());
    assert!(timestamp.is_some_and(|at| at.abs_diff(NOW) <= 300), "{timestamp:?}");
    true
}
