//! Fields that only some callers may set: at every depth, in every form, by the roles of whoever sent them.

mod documented;
mod form;

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
};

use reqwest::{
    Method, RequestBuilder,
    multipart::{Form as Multipart, Part},
};
use secure_api::{clock::Clock, docs::openapi_json, input::decode_body, inventory, prelude::*};
use serde_json::{Value as Json_, json};

use crate::support::{
    Answer, TestServer,
    log::Log,
    server::{START, stocked},
    token,
};

#[derive(Role)]
enum Role {
    Customer,
    #[role(includes(Customer))]
    Support,
    #[role(includes(Support))]
    Admin,
    #[role(includes(Customer))]
    Auditor,
}

#[derive(Version)]
enum Version {
    V1,
}

/// The number of times that a handler ran.
#[derive(Default)]
struct Ran(AtomicUsize);

impl Ran {
    fn once(&self) -> Accepted {
        self.0.fetch_add(1, Ordering::SeqCst);
        Accepted
    }
}

/// A ticket.
#[derive(Input)]
struct Ticket {
    /// The urgency.
    #[input(range = 1..=5, role = Role::Support, name = "urgency")]
    _urgency: Option<u8>,
    #[input(range = 0..=100, role = [Role::Admin, Role::Auditor], name = "refund")]
    _refund: Patched<u8>,
    /// The line behind the counter.
    #[input(role = Role::Admin, name = "hidden")]
    _hidden: Option<Line>,
    #[input(items = 0..=3, name = "lines")]
    _lines: Option<Vec<Line>>,
    #[input(items = 0..=3, keys(max_len = 5), name = "named")]
    _named: Option<BTreeMap<String, Line>>,
    #[input(name = "way")]
    _way: Option<Way>,
    #[input(name = "inner")]
    _inner: Option<Inner>,
}

/// A line.
#[derive(Input)]
struct Line {
    #[input(range = 1..=9, name = "qty")]
    _qty: Option<u8>,
    #[input(range = 1..=9, role = Role::Admin, name = "price")]
    _price: Option<u8>,
}

/// The way of delivery.
#[derive(Input)]
#[input(tag = "kind")]
enum Way {
    Mail {
        #[input(role = Role::Support, name = "free")]
        _free: Option<bool>,
    },
}

/// A line within.
#[derive(Input)]
struct Inner {
    #[input(name = "line")]
    _line: Option<Line>,
}

/// One level.
#[derive(Input)]
struct Flat {
    #[input(max_len = 9, name = "like")]
    _like: Option<String>,
    #[input(role = Role::Admin, name = "all")]
    _all: Option<bool>,
}

/// A change.
#[derive(Input)]
struct Change {
    #[input(max_len = 9, name = "text")]
    _text: Option<String>,
    #[input(max_len = 9, role = Role::Admin, name = "note")]
    _note: Patched<String>,
    #[input(name = "line")]
    _line: Option<Line>,
}

/// A scan.
#[derive(Input)]
struct Scan {
    #[input(max_len = 9, role = Role::Admin, name = "label")]
    _label: Option<String>,
    #[input(items = 0..=2, each(max_bytes = KIB, kinds = [FileKind::PlainText]), role = Role::Admin, name = "notes")]
    _notes: Option<Vec<UploadedFile>>,
    #[input(max_bytes = KIB, kinds = [FileKind::PlainText], name = "file")]
    _file: UploadedFile,
}

#[post("/tickets", version = Version::V1, role = Role::Customer)]
async fn open(ran: Service<Ran>, _: Json<Ticket>) -> Accepted {
    ran.once()
}

#[patch("/tickets", version = Version::V1, role = Role::Customer)]
async fn change(ran: Service<Ran>, _: Patch<Change>) -> NoContent {
    ran.once();
    NoContent
}

#[post("/forms", version = Version::V1, role = Role::Customer)]
async fn fill(ran: Service<Ran>, _: Form<Flat>) -> Accepted {
    ran.once()
}

#[post("/searches", version = Version::V1, role = Role::Customer)]
async fn search(ran: Service<Ran>, _: Query<Flat>) -> Accepted {
    ran.once()
}

#[post("/scans", version = Version::V1, role = Role::Customer)]
async fn scan(ran: Service<Ran>, _: Upload<Scan>) -> Accepted {
    ran.once()
}

/// A desk.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(999).per_minute(),
      routes(open, change, fill, search, scan))]
struct Desk;

async fn start() -> TestServer {
    let clock = Clock::manual(START);
    let app = Desk::app().tokens(token::issuer()).clock(clock.clone()).service(Ran::default());
    TestServer::run(app.build().expect("an app"), stocked(), clock).await
}

/// Returns the places and messages of a refusal.
#[track_caller]
fn told(answer: &Answer, status: u16) -> Vec<(String, String)> {
    let document = answer.is_problem(status);
    let text = |value: &Json_| value.as_str().expect("a text").to_owned();
    let errors = document["errors"].as_array().expect("errors").iter();
    errors.map(|error| (text(&error["pointer"]), text(&error["code"]))).collect()
}

/// Asserts that a request is good for these roles, and for all others refused at this place alone.
async fn is_for(
    server: &TestServer,
    roles: &[&str],
    refusal: (u16, &str),
    request: impl Fn(&TestServer) -> RequestBuilder,
) {
    for role in ["customer", "support", "admin", "auditor"] {
        let token = server.token(role, &[role]);
        let answer = Answer::of(request(server).bearer_auth(token)).await;
        if roles.contains(&role) {
            assert!(answer.status < 300, "{role} is refused: {answer:#?}");
        } else {
            let expected = [(refusal.1.to_owned(), "role".to_owned())];
            assert_eq!(told(&answer, refusal.0), expected, "{role}");
        }
    }
}

fn json(body: Json_) -> impl Fn(&TestServer) -> RequestBuilder {
    move |server| server.request(Method::POST, "/v1/tickets").json(&body)
}

// R42
#[tokio::test]
async fn a_field_is_set_by_whoever_has_its_role_at_every_depth() {
    let server = start().await;
    let admin = &["admin"][..];
    let everybody = &["customer", "support", "admin", "auditor"][..];
    is_for(&server, everybody, (0, ""), json(json!({"lines": [{"qty": 1}]}))).await;
    for (body, roles, place) in [
        (json!({"urgency": 3}), &["support", "admin"][..], "/urgency"),
        (json!({"refund": 3}), &["admin", "auditor"], "/refund"),
        (json!({"hidden": {"qty": 1}}), admin, "/hidden"),
        (json!({"lines": [{"qty": 1}, {"price": 2}]}), admin, "/lines/1/price"),
        (json!({"named": {"a/b": {"price": 2}}}), admin, "/named/a~1b/price"),
        (json!({"way": {"kind": "mail", "free": true}}), &["support", "admin"], "/way/free"),
        (json!({"inner": {"line": {"price": 2}}}), admin, "/inner/line/price"),
        // Null is said, too.
        (json!({"urgency": null}), &["support", "admin"], "/urgency"),
        (json!({"inner": {"line": {"price": null}}}), admin, "/inner/line/price"),
    ] {
        is_for(&server, roles, (422, place), json(body)).await;
    }
}

// R42: a field that is refused for a role is a refused right in the log, and another mistake is none.
#[tokio::test]
async fn a_field_that_is_refused_for_a_role_is_a_refusal_of_rights() {
    let log = Log::capture();
    let server = start().await;
    let token = server.token("alice", &["customer"]);
    for (body, events) in [
        (r#"{"refund": 3}"#, 1),
        (r#"{"lines": [{"qty": 0}, {"price": 2}]}"#, 2),
        (r#"{"lines": [{"qty": 0}]}"#, 2),
    ] {
        let answer = server.send(Method::POST, Some(&token), "/v1/tickets", body).await;
        answer.is_problem(422);
        assert_eq!(log.lines_with(&["authz_fail"]).len(), events, "{body}: {}", log.text());
    }
    assert_eq!(log.lines_with(&["authz_fail", "`refund` is for callers of another role"]).len(), 1);
    assert_eq!(log.lines_with(&["input_validation_fail"]).len(), 1);
}

// R42 R82: everything is told together, and nothing of what was sent.
#[tokio::test]
async fn a_refusal_repeats_nothing_and_hides_no_other_mistake() {
    let server = start().await;
    let token = server.token("alice", &["customer"]);
    let body = json!({"urgency": "s3cret", "lines": [{"qty": 99, "price": 2}], "other": 1});
    let answer = Answer::of(json(body)(&server).bearer_auth(token)).await;
    let mut all = told(&answer, 422);
    all.sort();
    let expected = [
        ("/lines/0/price", "role"),
        ("/lines/0/qty", "range"),
        ("/other", "unknown"),
        ("/urgency", "role"),
    ];
    assert_eq!(all, expected.map(|(place, code)| (place.to_owned(), code.to_owned())));
    assert!(!answer.body.contains("s3cret"), "{answer:#?}");
}

// R42: without a caller nobody has a role.
#[test]
fn an_input_without_a_caller_has_none_of_these_fields() {
    assert!(decode_body::<Flat>(br#"{"like": "x"}"#).is_ok());
    assert!(decode_body::<Flat>(br#"{"all": true}"#).is_err());
}
