//! The end of one operation, apart from its version's.

use std::time::Duration;

use secure_api::{docs::openapi_json, inventory};
use serde_json::Value;

use crate::support::{TestServer, annex::Annex};

/// 2027-01-01T00:00:00Z.
const SUNSET: i64 = 1_798_761_600;

fn until(server: &TestServer, second: i64) {
    let seconds = u64::try_from(second - server.clock.unix_seconds()).expect("a later second");
    server.clock.advance(Duration::from_secs(seconds));
}

// R98: on every answer of the operation, refusals included; and on no other's.
#[tokio::test]
async fn a_deprecated_operation_says_so_on_its_answers() {
    let server = TestServer::annex().await;
    let token = server.token("alice", &["customer"]);
    for (status, answer) in [
        (200, server.get_as(&token, "/v2/old").await),
        (401, server.get("/v2/old").await),
        (403, server.get_as(&server.token("eve", &[]), "/v2/old").await),
        (400, server.get_as(&token, "/v2/old?colour=red").await),
    ] {
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("deprecation"), "@1767225600");
        assert_eq!(answer.header("sunset"), "Fri, 01 Jan 2027 00:00:00 GMT");
        assert_eq!(answer.header("link"), "</v2/scoped>; rel=\"successor-version\"");
    }
    for path in ["/v2/scoped", "/v2/tiers", "/v2/parts/BOLT", "/nowhere"] {
        let answer = server.get(path).await;
        for name in ["deprecation", "sunset", "link", "link-template"] {
            assert!(answer.maybe_header(name).is_none(), "{name} on {path}");
        }
    }
}

// R98: in a version that is deprecated itself, what comes first is said, and both ways to move on.
#[tokio::test]
async fn the_first_end_counts() {
    let server = TestServer::annex().await;
    let old = server.get("/v1/old").await;
    assert_eq!(old.header("deprecation"), "@1767225600");
    assert_eq!(old.header("sunset"), "Fri, 01 Jan 2027 00:00:00 GMT");
    assert_eq!(
        old.header("link"),
        "<https://depot.example/migrate>; rel=\"deprecation sunset\"; type=\"text/html\", \
         </v1/scoped>; rel=\"successor-version\""
    );
    assert_eq!(server.get("/v1/scoped").await.header("deprecation"), "@1780272000");
}

// R98: a path with parameters is a template (RFC 9652), so that nothing that was sent comes back.
#[tokio::test]
async fn a_successor_with_parameters_is_a_template() {
    let server = TestServer::annex().await;
    let answer = server.get("/v2/old/sent").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("link-template"), "\"/v2/parts/{sku}\"; rel=\"successor-version\"");
    assert!(answer.maybe_header("link").is_none() && answer.maybe_header("sunset").is_none());
    assert_eq!(answer.header("deprecation"), "@1767225600");
    assert!(!format!("{:?}", answer.headers).contains("sent"));
}

// R99: from the day on, by the app's clock, and nobody's token or handler is asked.
#[tokio::test]
async fn an_operation_past_its_sunset_is_gone() {
    let server = TestServer::annex().await;
    until(&server, SUNSET - 1);
    let token = server.token("alice", &["customer"]);
    assert_eq!(server.get_as(&token, "/v2/old").await.json()["count"], 0);
    server.clock.advance(Duration::from_secs(1));
    for path in ["/v1/old", "/v2/old"] {
        for answer in [server.get_as(&token, path).await, server.get(path).await] {
            let document = answer.is_problem(410);
            assert_eq!(document["type"], "urn:problem-type:secure-api:sunset");
            assert_eq!(answer.header("sunset"), "Fri, 01 Jan 2027 00:00:00 GMT");
            assert!(answer.header("link").contains("rel=\"successor-version\""));
        }
    }
    // Only that operation: one was answered before it was gone.
    let token = crate::support::token::claims("alice", &["customer"]).scopes(["parts:read"]);
    let token = crate::support::token::sign(&token, &server.clock);
    assert_eq!(server.get_as(&token, "/v2/scoped").await.json()["count"], 1);
}

// R100 R118
#[test]
fn the_document_says_what_is_deprecated() {
    let document = |version| -> Value {
        let text = openapi_json(&Annex::API.model(), version).expect("it is a version");
        serde_json::from_str(&text).expect("it is JSON")
    };
    let (v1, v2) = (document("v1"), document("v2"));
    let old = &v2["paths"]["/v2/old"]["get"];
    assert_eq!((&old["deprecated"], &old["x-sunset"]), (&true.into(), &"2027-01-01".into()));
    let text = old["description"].as_str().expect("a description");
    let said = "Deprecated from 2026-01-01 on, and served until 2027-01-01, 00:00 UTC; use `/v2/scoped` instead. \
                Out of service before, as a reminder: 2026-12-01 10:00 to 10:30 UTC, 2026-12-15 10:00 to 12:00 UTC.";
    assert!(text.ends_with(said), "{text}");
    let headers = &old["responses"]["200"]["headers"];
    for (name, value) in [
        ("Deprecation", "@1767225600"),
        ("Sunset", "Fri, 01 Jan 2027 00:00:00 GMT"),
        ("Link", "</v2/scoped>; rel=\"successor-version\""),
    ] {
        let schema = &headers[name]["schema"]["enum"];
        assert_eq!(*schema, serde_json::json!([value]), "{name} in {headers}");
    }
    let gone = old["responses"]["410"]["$ref"].as_str().expect("410 is a response");
    let gone = v2.pointer(gone.trim_start_matches('#')).expect("a component");
    let sunset = &gone["headers"]["Sunset"]["schema"]["enum"];
    assert_eq!(sunset[0], "Fri, 01 Jan 2027 00:00:00 GMT");

    let one = &v2["paths"]["/v2/old/{sku}"]["get"];
    assert_eq!(one["deprecated"], true);
    assert!(one["x-sunset"].is_null() && one["responses"]["410"].is_null());
    assert!(v2["paths"]["/v2/scoped"]["get"]["deprecated"].is_null());
    // The operation's own sunset is before its version's.
    assert_eq!(v1["paths"]["/v1/old"]["get"]["x-sunset"], "2027-01-01");
    assert_eq!(v1["paths"]["/v1/scoped"]["get"]["x-sunset"], "2036-06-01");
}

// R101 in part
#[test]
fn the_inventory_lists_what_is_deprecated() {
    let model = Annex::API.model();
    let old = model.operations.iter().find(|one| one.name == "old").expect("it is listed");
    let deprecation = old.deprecation.as_ref().expect("it is deprecated");
    assert_eq!(deprecation.since.to_string(), "2026-01-01");
    assert_eq!(deprecation.sunset.map(|day| day.to_string()).as_deref(), Some("2027-01-01"));
    assert_eq!(
        deprecation.instead.as_ref().map(|successor| &*successor.operation),
        Some("scoped_read")
    );
    let deprecated = model.versions.iter().filter(|version| old.deprecated_in(version).is_some());
    let deprecated = deprecated.filter(|version| old.is_in(&version.segment));
    assert_eq!(deprecated.map(|version| &*version.segment).collect::<Vec<_>>(), ["v1", "v2"]);
    let text = inventory::routes(&Annex::API.model());
    assert!(text.contains("deprecated 2026-01-01 until 2027-01-01 instead scoped_read"), "{text}");
}
