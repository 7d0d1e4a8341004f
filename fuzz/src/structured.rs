//! Structured fields (RFC 9651): a key of an idempotent request is what another parser reads, and the same key is the same
//! request. Those that are written read back.

use std::{sync::LazyLock, time::Duration};

use axum::Router;
use http::{HeaderValue, Request};
use secure_api::clock::Clock;
use sfv::{BareItem, Item, Parser};

use super::{
    api::{Answer, NOW, app, ask, ask_from, get, router, somebody},
    encoded::signed,
    token::HEADER,
};

/// A clock that goes on, since a key is remembered for a day.
static CLOCK: LazyLock<Clock> = LazyLock::new(|| Clock::manual(NOW));

static ROUTER: LazyLock<Router> = LazyLock::new(|| router(app().clock(CLOCK.clone())));

/// A token that does not end while targets run.
static BEARER: LazyLock<String> = LazyLock::new(|| {
    let claims = br#"{"iss":"https://login.example","aud":"targets","sub":"alice","exp":9000000000,"roles":["member"]}"#;
    format!("Bearer {}", signed(HEADER, claims))
});

fn send(key: &HeaderValue) -> Answer {
    let request = Request::post("/v1/runs").header("authorization", &*BEARER);
    ask_from(&ROUTER, somebody(), request.header("idempotency-key", key), "")
}

/// Sends bytes as a key.
pub fn check(data: &[u8]) -> bool {
    written();
    CLOCK.advance(Duration::from_secs(60));
    let Ok(value) = HeaderValue::from_bytes(data) else { return false };
    let read = Parser::new(data).parse::<Item>().ok();
    let key = read.filter(|item| item.params.is_empty()).and_then(|item| match item.bare_item {
        BareItem::String(text) if !text.as_str().is_empty() => Some(text),
        _ => None,
    });
    let answer = send(&value);
    if !answer.is_well() {
        // Blanks around a field are no part of it, and a server takes them off before.
        let fits = data.len() <= 255 && data.first() == Some(&b'"') && data.last() == Some(&b'"');
        assert!(key.is_none() || !fits, "{key:?} is refused: {answer:?}");
        return false;
    }
    let key = key.unwrap_or_else(|| panic!("{value:?} is a key"));
    let again = sfv::ItemSerializer::new().bare_item(&BareItem::String(key)).finish();
    let again = send(&HeaderValue::try_from(again).expect("visible ASCII"));
    assert_eq!(again.json(), answer.json(), "one key is two");
    true
}

/// Asserts that the fields of an answer are structured as they are to be.
fn written() {
    let answer = ask(get("/v1/where"), "");
    for name in ["ratelimit-policy", "ratelimit"] {
        let value = answer.headers.get(name).unwrap_or_else(|| panic!("no {name}"));
        let list = Parser::new(value.as_bytes()).parse::<sfv::List>();
        let list = list.unwrap_or_else(|error| panic!("{name}: {value:?}: {error}"));
        assert!(!list.is_empty(), "{name}: {value:?}");
    }
}
