//! The pages of the console: what all of them have, and what they tell of an API as it was declared.

use secure_api::manage::Manage;

use super::{TOKEN, ask, at, managed, refused};
use crate::support::{
    TestServer,
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
    ("/console/exceptions", "/console/exceptions.json"),
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
pub(super) fn has(page: &str, parts: &[&str]) {
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
        // By `no-referrer` the form of a page would have the origin `null`.
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        let page = answer.body;
        has(&page, &["<!doctype html>\n<html lang=\"en\">", "<h1>", "aria-current=\"page\"", json]);
        let inside: Vec<_> = page.split(['"', ' ']).filter(|part| part.starts_with("on")).collect();
        assert!(!page.contains("<script") && !page.contains("style=\""), "{path}");
        assert!(!inside.iter().any(|part| part.ends_with('=')), "{path}: {inside:?}");
        for kind in ["src=\"", "href=\"", "action=\""] {
            for target in page.split(kind).skip(1) {
                // The program states the page on how to move on.
                let own = ["/console", "#", "https://depot.example/migrate\">page</a>"];
                let is_here = own.iter().any(|own| target.starts_with(own));
                assert!(
                    is_here,
                    "{path} leads to {}",
                    target.split('>').next().unwrap_or_default()
                );
            }
        }
        let policy = ask(at(&server), json, "").await;
        assert!(policy.header("content-security-policy").contains("form-action 'none'"));
        assert_eq!(policy.header("referrer-policy"), "no-referrer");
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
        let handler = one["handler"].as_str().expect("a name");
        let line = table.lines().find(|line| line.split(' ').any(|word| word == handler));
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
    let told = page(&server, "/console/exceptions").await;
    let hatches = model.hatches();
    assert!(hatches.len() > 5);
    let facts_told = facts(&server, "/console/exceptions").await;
    let facts_told = facts_told["exceptions"].as_array().expect("a list");
    for hatch in &hatches {
        has(&told, &[&format!("<code>{}</code>", hatch.rule), &escaped(&hatch.reason)]);
        let own = serde_json::to_value(hatch).expect("JSON");
        assert!(facts_told.contains(&own), "{own:#}");
    }
    let matrix = page(&server, "/console/matrix").await;
    has(
        &matrix,
        &[
            "<th scope=\"col\" role=\"columnheader\">anonymous</th>",
            "<th scope=\"row\" role=\"rowheader\"><code>GET /[v1..v2]/orders/{order}</code></th>",
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
