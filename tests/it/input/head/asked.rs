//! Headers: what is taken, and what is refused, all of it together.

use secure_api::{
    app::App,
    error::problem,
    identity::{Credential, Head, Kind, Principal, Refused, Source as Credentials},
    testing::Reply,
};

use super::*;
use crate::input::pairs;

async fn visits_with(headers: &[(&str, &str)]) -> Reply {
    let request = member().get("/v1/visits");
    headers.iter().fold(request, |request, (name, value)| request.header(name, value)).await
}

// R84 in part
#[tokio::test]
async fn a_header_is_read_by_its_own_rules() {
    let all = [
        ("x-source", "a, \"b\""),
        ("visit-count", "7"),
        ("marks", "a,, b ,"),
        ("Marks", "c"),
        ("status", "DONE"),
        ("x-signature", "hush"),
        ("x-unknown", "anything"),
    ];
    let reply = visits_with(&all).await;
    assert_eq!(reply.text_at("/text"), r#"Some("a, \"b\"") 7 ["a", "b", "c"] Some(Done) Some(4)"#);
    let least = visits_with(&[("visit-count", "1")]).await;
    assert_eq!(least.text_at("/text"), "None 1 [] None None");
    let vary = least.header("vary").expect("it depends on them");
    assert_eq!(
        vary,
        "accept, authorization, origin, x-source, visit-count, marks, status, x-signature"
    );
}

/// Texts with texts: headers with their values, or fields with the rules that they broke.
type Pairs = [(&'static str, &'static str)];

// R84 in part
#[tokio::test]
async fn mistakes_of_headers_are_told_together_by_their_names() {
    let cases: [(&Pairs, &Pairs); 9] = [
        (&[], &[("visit-count", "required")]),
        (&[("visit_count", "7")], &[("visit-count", "required")]),
        (&[("visit-count", "7"), ("visit-count", "7")], &[("visit-count", "repeated")]),
        (&[("visit-count", "07")], &[("visit-count", "type")]),
        (&[("visit-count", "7, 8")], &[("visit-count", "type")]),
        (&[("visit-count", "7"), ("x-source", "a\tb")], &[("X-Source", "characters")]),
        (&[("visit-count", "7"), ("marks", "a,b,c,d")], &[("marks", "items")]),
        (
            &[("visit-count", "7"), ("marks", "a,\"b,c\"")],
            &[("marks", "characters"), ("marks", "characters")],
        ),
        (
            &[("visit-count", "10"), ("x-source", "a"), ("status", "Open")],
            &[("X-Source", "length"), ("visit-count", "range"), ("status", "choice")],
        ),
    ];
    for (headers, expected) in cases {
        let reply = visits_with(headers).await;
        assert_eq!(blamed(&reply, &problem::INVALID_HEADER), pairs(expected), "{headers:?}");
    }
    let long = visits_with(&[("visit-count", "7"), ("x-signature", &"s".repeat(21))]).await;
    assert_eq!(blamed(&long, &problem::INVALID_HEADER), pairs(&[("X-Signature", "length")]));
    assert!(!long.text().contains("sss"));
}

// R84 in part
#[tokio::test]
async fn a_repetition_has_the_same_headers() {
    let member = member();
    let visit = |count: &str| {
        let request = member.post("/v1/visits").header("idempotency-key", "\"a-visit\"");
        request.header("visit-count", count).header("x-other", "anything")
    };
    visit("7").await.assert_status(202);
    visit("7").await.assert_status(202).assert_header("idempotency-replayed", "true");
    visit("8").await.assert_problem(&problem::IDEMPOTENCY_MISMATCH);
}

#[tokio::test]
async fn pages_may_send_the_headers_that_are_read() {
    let preflight = member().request("OPTIONS", "/v1/visits");
    let preflight = preflight.header("origin", "https://app.example");
    let reply = preflight.header("access-control-request-method", "GET").await;
    let allowed = reply.header("access-control-allow-headers").expect("a preflight");
    for name in ["x-source", "visit-count", "marks", "authorization"] {
        assert!(allowed.split(", ").any(|one| one == name), "{name}: {allowed}");
    }
}

/// Badges, in a header that an input reads as well.
enum Badge {}

impl Credential for Badge {
    const KIND: Kind = Kind::header("Badge", "x-source");
}

struct Badges;

impl Credentials for Badges {
    type Kind = Badge;

    async fn identify(&self, _: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        Err(Refused::invalid("nobody has a badge"))
    }
}

#[test]
fn the_header_of_credentials_is_no_inputs() {
    let app = Visits::app().tokens(testing::issuer()).source(Badges);
    let error = app.build().map(|_: App| ()).expect_err("two readers");
    assert!(error.problems().iter().any(|one| one.code == "SA550"), "{error}");
}
