//! The messages of a test that fails: the request, the status, the body, the log, and the place of the assertion.

use std::{
    any::Any,
    cell::RefCell,
    panic::{self, AssertUnwindSafe},
    sync::LazyLock,
};

use secure_api::{
    error::{ApiError, problem},
    testing::{self, json},
};

use super::kiosk::{Kiosk, KioskError, Role, kiosk};
use crate::support::{
    api::{Depot, Runs},
    model::Role as DepotRole,
    server::stocked,
};

thread_local! {
    static PANICKED_AT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Notes where this thread panics; others are reported as ever.
static HOOK: LazyLock<()> = LazyLock::new(|| {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map(|place| place.file().to_owned());
        PANICKED_AT.with_borrow_mut(|at| *at = place.unwrap_or_default());
        before(info);
    }));
});

fn text(panic: Box<dyn Any + Send>) -> String {
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => panic.downcast::<&str>().map(|text| (*text).to_owned()).unwrap_or_default(),
    }
}

/// Returns the words that something fails with, which have to be said of a line of these tests.
#[track_caller]
pub(super) fn failure<T>(of: impl FnOnce() -> T) -> String {
    LazyLock::force(&HOOK);
    let Err(panic) = panic::catch_unwind(AssertUnwindSafe(of)) else { panic!("it did not fail") };
    let at = PANICKED_AT.take();
    assert!(at.contains("tests/it/testing"), "said of {at}");
    text(panic)
}

#[track_caller]
fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no {part:?} in:\n{text}");
    }
}

#[tokio::test]
async fn a_failed_assertion_shows_request_status_and_problem() {
    let alice = kiosk().as_caller(Role::Visitor, "alice");
    let request = alice.post("/v2/tickets").header("idempotency-key", "\"a\"");
    let reply = request.json(json!({ "gate": "SOUTH", "seats": 9 })).await;
    let said = failure(|| reply.assert_status(201));
    has(&said, &["201 was expected", "POST /v2/tickets as alice (visitor): 422 Unprocessable"]);
    has(&said, &["invalid-input", "/gate", "/seats"]);
    let token = alice.token();
    assert!(!said.contains(token) && !format!("{alice:?} {reply:?}").contains(token), "{said}");
}

// What is in no answer is what one needs to know: the log's cause.
#[tokio::test]
async fn a_failed_assertion_shows_what_the_log_knows() {
    let kiosk = kiosk();
    let alice = kiosk.as_caller(Role::Visitor, "alice");
    let request = alice.post("/v2/tickets").header("idempotency-key", "\"a\"");
    let reply = request.json(json!({ "gate": "jammed", "seats": 1 })).await;
    assert!(!reply.text().contains("knots"), "{}", reply.text());
    has(&failure(|| reply.assert_status(201)), &["500", "the log says: the paper is in knots"]);
    let reply = kiosk.get("/v2/tickets").await;
    has(&failure(|| reply.assert_status(200)), &["as nobody: 401", "the log says: "]);
}

#[tokio::test]
async fn each_assertion_can_fail() {
    let kiosk = kiosk();
    let alice = kiosk.as_caller(Role::Visitor, "alice");
    let reply = alice.get("/v2/tickets/1").await;
    has(&failure(|| reply.problem()), &["no problem document", "GET /v2/tickets/1 as alice"]);
    has(&failure(|| reply.json_pointer("/owner")), &["nothing is at \"/owner\"", "\"gate\""]);
    has(&failure(|| reply.json::<Vec<u8>>()), &["not a alloc::vec::Vec<u8> in JSON"]);
    has(&failure(|| reply.assert_header("etag", "x")), &["\"x\" was expected", "200 OK"]);
    has(&failure(|| reply.assert_header("x-none", "x")), &["x-none is []"]);

    let reply = alice.get("/v2/tickets/2").await;
    let said = failure(|| reply.assert_problem(&problem::FORBIDDEN));
    has(&said, &["403 was expected", "404 Not Found", "not-found"]);
    let found = reply.assert_problem(&problem::NOT_FOUND);
    has(&failure(|| found.rule_at("/gate").to_owned()), &["nothing is wrong at \"/gate\""]);
}

#[tokio::test]
async fn an_errors_own_problem_is_asserted_by_its_type() {
    let alice = kiosk().as_caller(Role::Visitor, "alice");
    let request = alice.post("/v2/tickets").header("idempotency-key", "\"a\"");
    let reply = request.json(json!({ "gate": "closed", "seats": 1 })).await;
    let closed = KioskError::Closed.into_problem();
    let problem = reply.assert_problem(closed.kind());
    assert_eq!((problem.code(), &*problem.title), ("closed", "The gate is closed"));
}

#[tokio::test]
async fn a_request_that_is_none_fails_where_it_is_written() {
    let kiosk = kiosk();
    has(&failure(|| kiosk.request("GET IT", "/v2/hours")), &["\"GET IT\" is no method"]);
    has(&failure(|| kiosk.get("v2/hours")), &["\"v2/hours\" is no path"]);
    has(&failure(|| kiosk.get("/v2/two words")), &["is no path"]);
    has(&failure(|| kiosk.get("/v2/hours").header("two words", "")), &["no header's name"]);
    has(&failure(|| kiosk.get("/v2/hours").header("x-a", "a\nb")), &["no value of the header x-a"]);
    let unspoken = std::collections::BTreeMap::from([((1, 2), 3)]);
    has(&failure(|| kiosk.put("/v2/hours").json(&unspoken)), &["no JSON can be made of it"]);
    has(&failure(|| kiosk.get("/v2/hours").peer("here")), &["\"here\" is no IP address"]);
    has(&failure(|| kiosk.at_address("here")), &["\"here\" is no IP address"]);
    has(&failure(|| kiosk.advance_to("tomorrow")), &["\"tomorrow\" is no time"]);
    has(&failure(|| kiosk.advance_to("2026-11-29")), &["not turned back"]);
    has(&failure(|| testing::at("2026-02-30")), &["is no time"]);
}

// Nobody is left to wonder why everybody is a 401.
#[test]
fn callers_that_the_app_cannot_know_are_told() {
    let app = Depot::app().store(stocked()).service(Runs::default());
    let depot = testing::client(app.tokens(crate::support::token::issuer())).expect("an app");
    let said = failure(|| depot.as_caller(DepotRole::Customer, "alice"));
    has(&said, &["Depot accepts no tokens of tests: add `.tokens(testing::issuer())`"]);
    let said = failure(|| kiosk().as_caller(DepotRole::Customer, "alice"));
    has(&said, &["the roles of Kiosk are", "kiosk::Role", "model::Role"]);
    assert!(Kiosk::API.routes().count() > 0);
}
