//! Brownouts: short outages before a sunset, as the declaration announces them.

use std::time::Duration;

use reqwest::Method;
use secure_api::{
    docs::openapi_json,
    error::problem,
    inventory::{self, ApiModel},
    manage::Manage,
    prelude::*,
    testing::{self, Check},
};
use serde_json::{Value as Json, json};

use super::until;
use crate::{
    manage::{ask, at},
    support::{Answer, Log, TestServer, annex::Annex},
};

/// 2026-12-01T10:00:00Z, when the first one of the annex begins.
const TEN: i64 = 1_796_119_200;

const MINUTE: u64 = 60;

const KIND: &str = "urn:problem-type:secure-api:brownout";

/// Returns the seconds to wait.
fn wait(answer: &Answer) -> u64 {
    answer.is_problem(503);
    answer.header("retry-after").parse().expect("seconds")
}

// R98 in part, R99 in part
#[tokio::test]
async fn an_operation_is_out_in_the_minutes_that_were_announced() {
    let server = TestServer::annex().await;
    until(&server, TEN - 1);
    let token = server.token("alice", &["customer"]);
    assert_eq!(server.get_as(&token, "/v2/old").await.json()["count"], 0);
    server.clock.advance(Duration::from_secs(1));
    for path in ["/v1/old", "/v2/old"] {
        let answer = server.get_as(&token, path).await;
        let document = answer.is_problem(503);
        assert_eq!(document["type"], KIND);
        assert_eq!(answer.header("retry-after"), "1800");
        assert_eq!(answer.header("deprecation"), "@1767225600");
        assert_eq!(answer.header("sunset"), "Fri, 01 Jan 2027 00:00:00 GMT");
        assert!(answer.header("link").contains("rel=\"successor-version\""));
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    // Its successor is there, and a browser may ask.
    let scoped = crate::support::token::claims("alice", &["customer"]).scopes(["parts:read"]);
    let scoped = crate::support::token::sign(&scoped, &server.clock);
    assert_eq!(server.get_as(&scoped, "/v2/scoped").await.json()["count"], 1, "nothing ran");
    let options = Answer::of(server.request(Method::OPTIONS, "/v2/old")).await;
    assert_eq!(options.status, 204);
    server.clock.advance(Duration::from_secs(30 * MINUTE - 1));
    let token = server.token("alice", &["customer"]);
    assert_eq!(wait(&server.get_as(&token, "/v2/old").await), 1);
    server.clock.advance(Duration::from_secs(1));
    assert_eq!(server.get_as(&token, "/v2/old").await.json()["count"], 2);
    server.clock.advance(Duration::from_secs(14 * 86_400 - 30 * MINUTE));
    let token = server.token("alice", &["customer"]);
    assert_eq!(wait(&server.get_as(&token, "/v2/old").await), 120 * MINUTE);
}

// A stranger hears what a stranger hears, so that each who calls is known by then.
#[tokio::test]
async fn who_may_not_call_is_told_that_first() {
    let server = TestServer::annex().await;
    until(&server, TEN);
    server.get("/v2/old").await.is_problem(401);
    server.get_as(&server.token("eve", &[]), "/v2/old").await.is_problem(403);
    let token = server.token("alice", &["customer"]);
    // What it would refuse later is not looked at, and no limit of the caller is used.
    let answer = server.get_as(&token, "/v2/old?colour=red").await;
    assert_eq!(answer.is_problem(503)["type"], KIND);
    assert!(answer.maybe_header("ratelimit").is_none_or(|left| !left.contains("principal")));
}

// R101 in part: who still calls is counted by name, and nobody is woken.
#[tokio::test]
async fn who_calls_is_counted_and_nothing_failed() {
    let log = Log::capture();
    let server = TestServer::annex_with(|app| app.manage(Manage::at("127.0.0.1:0"))).await;
    let announced = ["secure_api::start", "will be out for a while", "operation=\"old\""];
    assert_eq!(log.lines_with(&announced).len(), 2, "{}", log.text());
    until(&server, TEN);
    let (alice, bob) = (server.token("alice", &["customer"]), server.token("bob", &["customer"]));
    for token in [&alice, &alice, &bob] {
        wait(&server.get_as(token, "/v2/old").await);
    }
    let seen: inventory::LiveInventory =
        serde_json::from_str(&ask(at(&server), "/inventory", "").await.body).expect("it is JSON");
    let mut operations = seen.operations.iter();
    let old = operations.find(|one| one.operation == "old" && one.version == "v2");
    let old = old.expect("it is listed");
    let calls: Vec<_> = old.clients.iter().map(|client| client.calls).collect();
    assert_eq!((calls, old.refused[KIND]), (vec![2, 1], 3));
    assert!(old.zombie_since.is_some());
    let metrics = ask(at(&server), "/metrics", "").await.body;
    for line in [
        "secure_api_brownout_refusals_total{operation=\"old\",version=\"v2\"} 3".to_owned(),
        format!("secure_api_refusals_total{{stage=\"announced outage\",problem=\"{KIND}\"}} 3"),
    ] {
        assert!(metrics.contains(&line), "{line} in {metrics}");
    }
    let refused = log.lines_with(&["secure_api::request", "brownout"]);
    assert_eq!(refused.len(), 3, "{}", log.text());
    assert!(refused.iter().all(|line| line.contains(" INFO ") && line.contains("refused")));
    assert_eq!(log.lines_with(&[" ERROR "]), [""; 0]);
}

// R98 in part: whoever looks at the console while an outage lasts reads that it was announced.
#[tokio::test]
async fn the_console_tells_an_outage_while_it_lasts() {
    let server = TestServer::annex_with(|app| app.manage(Manage::at("127.0.0.1:0"))).await;
    let says = async |server: &TestServer| {
        let start = ask(at(server), "/console/start.json", "").await.json();
        let all = start["attention"].as_array().expect("a list").clone();
        let out: Vec<_> =
            all.iter().filter(|one| one["says"].to_string().contains("out")).collect();
        out.iter().map(|one| (one["says"].clone(), one["page"].clone())).collect::<Vec<_>>()
    };
    until(&server, TEN - 1);
    assert_eq!(says(&server).await, []);
    server.clock.advance(Duration::from_secs(1));
    let told = "2 operations are out, as it was announced: they answer 503 for a while.";
    assert_eq!(says(&server).await, [(json!(told), json!("/console/versions"))]);
    let page = ask(at(&server), "/console", "").await.body;
    assert!(page.contains(told), "{page}");
    let ends = ask(at(&server), "/console/versions.json", "").await.json();
    let all = ends["operations"].as_array().expect("a list");
    let old: Vec<_> = all.iter().filter(|one| one["operation"] == "old").collect();
    assert_eq!(old.len(), 2, "{ends:#}");
    for one in old {
        assert_eq!(
            (&one["is_out"], &one["sunset"]),
            (&json!(true), &json!("2027-01-01T00:00:00Z"))
        );
        assert_eq!(one["brownouts"][0]["until"], "2026-12-01T10:30:00Z");
    }
    let page = ask(at(&server), "/console/versions", "").await.body;
    assert_eq!(page.matches("out now</span>").count(), 2, "{page}");
    server.clock.advance(Duration::from_secs(30 * MINUTE));
    assert_eq!(says(&server).await, []);
    // What is closed does not come back by itself.
    let why = "its answer had too much in it";
    let closed =
        TestServer::annex_with(|app| app.manage(Manage::at("127.0.0.1:0")).close("old", why));
    let closed = closed.await;
    until(&closed, TEN);
    assert_eq!(says(&closed).await, []);
}

fn document(api: &ApiModel, version: &str) -> Json {
    let text = openapi_json(api, version).expect("it is a version");
    serde_json::from_str(&text).expect("it is JSON")
}

// R100 in part, R118 in part
#[test]
fn the_document_announces_it() {
    let v2 = document(&Annex::API.model(), "v2");
    let old = &v2["paths"]["/v2/old"]["get"];
    let announced = json!([
        { "from": "2026-12-01T10:00:00Z", "until": "2026-12-01T10:30:00Z" },
        { "from": "2026-12-15T10:00:00Z", "until": "2026-12-15T12:00:00Z" },
    ]);
    assert_eq!(old["x-brownouts"], announced);
    let out = old["responses"]["503"]["$ref"].as_str().expect("503 is a response");
    let out = v2.pointer(out.trim_start_matches('#')).expect("a component");
    let examples = &out["content"]["application/problem+json"]["examples"];
    assert_eq!(examples["brownout"]["value"]["type"], KIND);
    assert!(out["headers"]["Retry-After"].is_object());
    let other = &v2["paths"]["/v2/scoped"]["get"];
    assert!(other["x-brownouts"].is_null());
    let table = inventory::routes(&Annex::API.model());
    let listed = "out 2026-12-01 10:00 to 10:30 UTC, 2026-12-15 10:00 to 12:00 UTC";
    assert!(table.contains(listed), "{table}");
    // Written and read, the model makes the same.
    let text = serde_json::to_string(&Annex::API.model()).expect("it is written");
    let read: ApiModel = serde_json::from_str(&text).expect("it is read");
    assert_eq!(document(&read, "v2"), v2);
}

#[derive(Role)]
enum Role {
    Reader,
}

#[derive(Version)]
enum Version {
    #[version(
        deprecated = "2026-06-01",
        sunset = "2026-12-24",
        brownout("2026-12-01T10:00Z", "1h"),
        brownout("2026-12-08T10:00Z", "24h")
    )]
    V1,
    V2,
}

#[derive(Resource)]
#[view(Counted, role = Role::Reader, fields(notes))]
struct Notes {
    notes: u32,
}

/// Counts what is on the board.
#[get("/board", version = Version::V1.., role = Role::Reader, view = Counted)]
async fn board() -> Notes {
    Notes { notes: 3 }
}

/// Clears the board. Its own outage begins in that of its version, and lasts longer.
#[delete("/board", version = Version::V1.., role = Role::Reader,
         deprecated(since = "2026-06-01", sunset = "2027-06-01",
                    brownout("2026-12-01T10:30Z", "1h"), brownout("2027-01-01T10:00Z", "1h"),
                    brownout("2027-05-31T00:00Z", "24h")))]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), routes(board, clear))]
struct Board;

// R98 in part, R99 in part
#[tokio::test]
async fn a_version_is_out_with_all_its_operations() {
    let app = Board::app().tokens(testing::issuer()).clock(testing::at("2026-11-30"));
    let client = testing::client(app).expect("an app that starts");
    let ask = async |method: &str, path: &str| {
        let reader = client.as_caller(Role::Reader, "alice");
        let reply = reader.request(method, path).await;
        let wait = reply.header("retry-after").map(str::to_owned);
        (reply.status(), wait)
    };
    client.advance_to("2026-12-01T10:00:00Z");
    let hour = Some("3600".to_owned());
    assert_eq!(ask("GET", "/v1/board").await, (503, hour.clone()));
    assert_eq!(ask("HEAD", "/v1/board").await, (503, hour));
    // Who is told to come back is not told so twice.
    assert_eq!(ask("DELETE", "/v1/board").await, (503, Some("5400".to_owned())));
    assert_eq!(ask("GET", "/v2/board").await.0, 200);
    assert_eq!(ask("DELETE", "/v2/board").await.0, 204);
    client.advance_to("2026-12-01T11:00:00Z");
    assert_eq!(ask("GET", "/v1/board").await.0, 200);
    assert_eq!(ask("DELETE", "/v1/board").await, (503, Some("1800".to_owned())));
    assert_eq!(ask("DELETE", "/v2/board").await, (503, Some("1800".to_owned())));
    // What is gone is gone: an outage after it is none.
    client.advance_to("2027-01-01T10:00:00Z");
    assert_eq!(ask("DELETE", "/v1/board").await.0, 410);
    assert_eq!(ask("DELETE", "/v2/board").await.0, 503);
}

#[test]
fn the_document_of_a_version_announces_it_once() {
    let v1 = document(&Board::API.model(), "v1");
    let notice = v1["info"]["description"].as_str().expect("a description");
    let said = "It is out of service before, as a reminder: 2026-12-01 10:00 to 11:00 UTC, \
                2026-12-08 10:00 to 2026-12-09 10:00 UTC.";
    assert!(notice.contains(said), "{notice}");
    let clear = &v1["paths"]["/v1/board"]["delete"]["x-brownouts"];
    assert_eq!(
        clear[0],
        json!({ "from": "2026-12-01T10:00:00Z", "until": "2026-12-01T11:30:00Z" })
    );
    assert_eq!(clear.as_array().map(Vec::len), Some(2), "none is after the sunset");
    let table = inventory::routes(&Board::API.model());
    assert!(table.contains("sunset 2026-12-24, out 2026-12-01 10:00 to 11:00 UTC"), "{table}");
}

// An outage that has begun is waited out, and each is met at its beginning. The last one ends as the operation does.
#[tokio::test]
async fn outages_are_verified() {
    let app = Board::app().tokens(testing::issuer()).clock(testing::at("2026-12-01T10:10:00Z"));
    let verified = testing::verify(app).await;
    assert_eq!(verified.kept(Check::Brownout), 3, "{verified}");
    assert_eq!(verified.kept(Check::Sunset), 3, "{verified}");
    assert!(problem::ALL.contains(&&problem::BROWNOUT));
}
