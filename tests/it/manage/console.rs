//! The pages of the console, after real traffic: what each tells people and programs, and what it loads.

use std::time::Duration;

use reqwest::Method;
use secure_api::{behavior::Behavior, manage::Manage};

use super::{TOKEN, ask, at, managed, refused};
use crate::support::{
    Answer, TestServer,
    server::{ALICES, order},
};

/// The pages for people, each with its facts for programs.
pub(super) const PAGES: [(&str, &str); 10] = [
    ("/console", "/console/start.json"),
    ("/console/operations", "/console/operations.json"),
    ("/console/traffic", "/console/traffic.json"),
    ("/console/unexpected", "/console/unexpected.json"),
    ("/console/limits", "/console/limits.json"),
    ("/console/scores", "/console/scores.json"),
    ("/console/versions", "/console/versions.json"),
    ("/console/matrix", "/console/matrix.json"),
    ("/console/hatches", "/console/hatches.json"),
    ("/console/closed", "/console/closed.json"),
];

/// Returns a page for people.
pub(super) async fn page(server: &TestServer, path: &str) -> String {
    let answer = ask(at(server), path, "").await;
    assert_eq!(answer.status, 200, "{answer:#?}");
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    answer.body
}

/// Returns the facts of a page.
pub(super) async fn facts(server: &TestServer, path: &str) -> serde_json::Value {
    let answer = ask(at(server), &format!("{path}.json"), "").await;
    assert_eq!(answer.status, 200, "{answer:#?}");
    assert_eq!(answer.header("content-type"), "application/json");
    answer.json()
}

/// Fails unless a page has all of these.
#[track_caller]
fn has(page: &str, parts: &[&str]) {
    for part in parts {
        assert!(page.contains(part), "no {part:?} in {page}");
    }
}

// R102: no page runs a script or loads anything from elsewhere, and the browser is told so.
#[tokio::test]
async fn pages_have_no_script_and_load_nothing_from_elsewhere() {
    let server = managed().await;
    for (path, json) in PAGES {
        let answer = ask(at(&server), path, "").await;
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        );
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        let page = answer.body;
        has(&page, &["<!doctype html>\n<html lang=\"en\">", "<h1>", "aria-current=\"page\"", json]);
        let inside: Vec<_> = page.split(['"', ' ']).filter(|part| part.starts_with("on")).collect();
        assert!(!page.contains("<script") && !page.contains("style=\""), "{path}");
        assert!(!inside.iter().any(|part| part.ends_with('=')), "{path}: {inside:?}");
        for kind in ["src=\"", "href=\"", "action=\""] {
            for target in page.split(kind).skip(1) {
                let is_here = target.starts_with("/console") || target.starts_with('#');
                assert!(is_here, "{path} leads to {}", &target[..40]);
            }
        }
        let policy = ask(at(&server), json, "").await;
        assert!(policy.header("content-security-policy").contains("form-action 'none'"));
    }
    let style = ask(at(&server), "/console/style.css", "").await;
    assert_eq!((style.status, style.header("content-type")), (200, "text/css; charset=utf-8"));
    assert!(!style.body.contains("url(") && !style.body.contains("@import"));
    let icon = ask(at(&server), "/console/icon.svg", "").await;
    assert_eq!((icon.status, icon.header("content-type")), (200, "image/svg+xml"));
    let start = ask(at(&server), "/", "").await;
    assert_eq!((start.status, start.header("location")), (303, "/console"));
}

// R102: with a token nobody sees a page without it.
#[tokio::test]
async fn without_the_token_there_is_no_page() {
    let server = TestServer::with(|app| {
        app.manage(Manage::at("127.0.0.1:0").token(secure_api::testing::secret!(TOKEN)))
    })
    .await;
    let assets = ["/", "/console/style.css", "/console/icon.svg", "/console/close", "/console/x"];
    for path in PAGES.iter().flat_map(|(page, json)| [*page, *json]).chain(assets) {
        refused(&ask(at(&server), path, "").await, 401);
    }
    let bearer = format!("authorization: Bearer {TOKEN}\r\n");
    assert_eq!(ask(at(&server), "/console", &bearer).await.status, 200);
    refused(&ask(at(&server), "/console/x", &bearer).await, 404);
    refused(&ask(at(&server), "/console", &format!("{bearer}host: evil.example\r\n")).await, 421);
}

// R89 in part: all facts of an operation, and what the text of the inventory tells.
#[tokio::test]
async fn operations_have_all_their_facts() {
    let server = managed().await;
    let alice = server.token("alice", &["customer"]);
    server.get_as(&alice, &order("v1", ALICES)).await.has_status(200);
    let told = page(&server, "/console/operations").await;
    has(
        &told,
        &[
            "<details id=\"get_order\">",
            "/[v1..v2]/orders/{order}",
            "customer",
            "per principal",
            "deprecated",
        ],
    );
    has(
        &told,
        &[
            "<form class=\"act\" method=\"post\" action=\"/console/close\">",
            "Close <code>get_order</code>",
        ],
    );
    let told = facts(&server, "/console/operations").await;
    let operations = told["operations"].as_array().expect("a list");
    let own = operations.iter().find(|one| one["handler"] == "get_order").expect("it is there");
    assert_eq!((&own["verb"], &own["who"]), (&"GET".into(), &"customer".into()), "{own:#}");
    let calls: Vec<_> = own["versions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["calls"].as_u64())
        .collect();
    assert_eq!(calls, [Some(1), Some(0)]);
    assert!(own["versions"][0]["deprecated"].is_string() && own["closed"].is_null(), "{own:#}");
    // The same texts as the table that is kept in a repository.
    let table = secure_api::inventory::routes(&crate::support::api::Depot::API.model());
    for one in operations {
        let line = table
            .lines()
            .find(|line| line.contains(&format!(" {} ", one["handler"].as_str().expect("a name"))));
        let line = line.unwrap_or_else(|| panic!("{one:#} is not in {table}"));
        for key in ["verb", "path", "who", "limits", "view"] {
            assert!(line.contains(one[key].as_str().expect("a text")), "{key}: {line}");
        }
    }
}

#[tokio::test]
async fn exceptions_and_the_matrix_are_those_of_the_model() {
    let server = managed().await;
    let model = crate::support::api::Depot::API.model();
    let told = page(&server, "/console/hatches").await;
    let hatches = model.hatches();
    assert!(hatches.len() > 5);
    for hatch in &hatches {
        has(&told, &[&format!("<code>{}</code>", hatch.rule), &escaped(&hatch.reason)]);
    }
    let matrix = page(&server, "/console/matrix").await;
    has(
        &matrix,
        &[
            "<th scope=\"col\">anonymous</th>",
            "<th scope=\"row\"><code>GET /[v1..v2]/orders/{order}</code></th>",
        ],
    );
    let rows = facts(&server, "/console/matrix").await;
    assert_eq!(rows["rows"].as_array().map(Vec::len), Some(model.operations.len()));
    assert_eq!((&rows["heads"][0], &rows["heads"][2]), (&"verb".into(), &"anonymous".into()));
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('\'', "&#39;")
        .replace('"', "&quot;")
}

// R101 in part: calls, refusals by stage, hashed clients.
#[tokio::test]
async fn traffic_is_told_by_operation_stage_and_hashed_client() {
    let server = managed().await;
    let alice = server.token("alice", &["customer"]);
    let bob = server.token("bob", &["customer"]);
    for _ in 0..3 {
        server.get_as(&alice, &order("v2", ALICES)).await.has_status(200);
    }
    server.get_as(&bob, &order("v2", ALICES)).await.has_status(404);
    server.get(&order("v2", ALICES)).await.has_status(401);
    let told = page(&server, "/console/traffic").await;
    has(&told, &["<code>v2 get_order</code>: 5 calls, 2 refused", "2026-09-21 14:13 UTC"]);
    has(
        &told,
        &["1 <code>not-found</code> – objects", "1 <code>unauthenticated</code> – credentials"],
    );
    assert!(!told.contains("alice") && !told.contains("bob") && !told.contains("127.0.0.1"));
    let told = facts(&server, "/console/traffic").await;
    let called = &told["called"][0];
    let clients: Vec<_> = called["clients"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["calls"].as_u64())
        .collect();
    assert_eq!(clients, [Some(3), Some(1), Some(1)]);
    // One model feeds the list for programs, too.
    let inventory = ask(at(&server), "/inventory", "").await.json();
    let same =
        inventory["operations"].as_array().expect("a list").iter().find(|one| one["calls"] == 5);
    assert_eq!(same, Some(called));
}

#[tokio::test]
async fn limits_that_were_reached_are_told() {
    let server = managed().await;
    has(&page(&server, "/console/limits").await, &["No limit was reached."]);
    let alice = server.token("alice", &["customer"]);
    for status in [200, 200, 200, 429, 429] {
        server.get_as(&alice, "/v2/probe").await.has_status(status);
    }
    has(&page(&server, "/console/limits").await, &["<code>v2 probe</code>", "3/min per principal"]);
    let told = facts(&server, "/console/limits").await;
    let one = &told["operations"][0];
    assert_eq!(
        (&one["calls"], &one["limited"], &one["tightened"]),
        (&5.into(), &2.into(), &0.into())
    );
    has(&page(&server, "/console").await, &["One of the operations refused calls by a limit."]);
}

// R67 in part: the score of a caller with its terms, by the hash that the traffic has.
#[tokio::test]
async fn scores_are_told_with_their_terms() {
    let server = managed().await;
    has(&page(&server, "/console/scores").await, &["Nobody has a score."]);
    server.get("/v2/parts/BOLT").await.has_status(200);
    for path in 0..60 {
        server.clock.advance(Duration::from_millis(300));
        server.get(&format!("/v2/backup-{path}.zip")).await;
    }
    let told = facts(&server, "/console/scores").await;
    let caller = &told["callers"][0];
    assert!(caller["score"].as_f64() > Some(6.5) && caller["step"].as_u64() > Some(0), "{told:#}");
    assert_eq!(
        (&caller["terms"][0]["signal"], &caller["is_known"]),
        (&"missing".into(), &true.into())
    );
    let traffic = facts(&server, "/console/traffic").await;
    assert_eq!(traffic["called"][0]["clients"][0]["client"], caller["client"]);
    let shown = page(&server, "/console/scores").await;
    has(
        &shown,
        &[
            caller["client"].as_str().expect("a hash"),
            "by missing, counted",
            "The policy is “scored”",
        ],
    );
    has(&page(&server, "/console").await, &["One of the callers behave strangely"]);
    // To look changes nothing.
    assert_eq!(facts(&server, "/console/scores").await, told);
    let off =
        TestServer::with(|app| app.behavior(Behavior::off()).manage(Manage::at("127.0.0.1:0")))
            .await;
    has(&page(&off, "/console/scores").await, &["Nobody is weighed"]);
}

// R101: zombies, orphans and shadows. R99 in part: what ends soon and is called.
#[tokio::test]
async fn what_is_not_as_declared_and_what_ends_is_told() {
    let server =
        TestServer::with(|app| app.proxies(["127.0.0.0/8"]).manage(Manage::at("127.0.0.1:0")))
            .await;
    let quiet = page(&server, "/console").await;
    has(&quiet, &["Nothing needs attention."]);
    let alice = server.token("alice", &["customer"]);
    server.get_as(&alice, &order("v1", ALICES)).await.has_status(200);
    let from = async |address: &str, path: &str| {
        let request = server.request(Method::GET, path).header("x-forwarded-for", address);
        Answer::of(request).await.has_status(404);
    };
    from("192.0.2.1", "/v2/invoices/4711").await;
    from("192.0.2.2", "/v2/invoices/4712").await;
    // A name that no page may take for its own.
    from("192.0.2.1", "/v2/%3Cscript%3Ealert(1)%3C/script%3E").await;
    from("192.0.2.1", "/v2/x'onload='y").await;
    let told = facts(&server, "/console/unexpected").await;
    assert_eq!(
        (&told["zombies"][0]["operation"], &told["zombies"][0]["version"]),
        (&"get_order".into(), &"v1".into())
    );
    assert_eq!(
        (&told["shadows"][0]["path"], &told["shadows"][0]["calls"]),
        (&"/v2/invoices/{id}".into(), &2.into())
    );
    assert_eq!(told["orphans"].as_array().map(Vec::len), Some(0));
    let shown = page(&server, "/console/unexpected").await;
    has(
        &shown,
        &[
            "<code>v1 get_order</code>",
            "<code>GET /v2/invoices/{id}</code>",
            "It is not known yet",
            "/v2/{text}",
        ],
    );
    assert!(!shown.contains("<script") && !shown.contains("onload"), "{shown}");
    has(
        &page(&server, "/console").await,
        &[
            "One deprecated and still called.",
            "One of the paths that nothing answers have several clients.",
        ],
    );
    server.clock.advance(Duration::from_secs(31 * 86_400));
    let told = facts(&server, "/console/unexpected").await;
    assert!(told["orphans"].as_array().map(Vec::len) > Some(5), "{told:#}");
    let ends = facts(&server, "/console/versions").await;
    assert_eq!(
        (&ends["versions"][0]["segment"], &ends["versions"][0]["state"]),
        (&"v1".into(), &"deprecated".into())
    );
    assert_eq!(ends["versions"][1]["state"], "current");
    has(
        &page(&server, "/console/versions").await,
        &["<code>v1</code>", "deprecated</span>", "current</span>"],
    );
    server.clock.advance(Duration::from_secs(10 * 365 * 86_400));
    assert_eq!(facts(&server, "/console/versions").await["versions"][0]["state"], "ended");
}
