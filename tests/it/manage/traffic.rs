//! The pages of the console after real traffic: calls, refusals, limits, scores, and what is not as it was declared.

use std::time::Duration;

use reqwest::Method;
use secure_api::{behavior::Behavior, manage::Manage};

use super::{
    ask, at,
    console::{facts, has, page},
    managed,
};
use crate::support::{
    Answer, TestServer,
    server::{ALICES, order},
};

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
    has(&told, &["<code>v2 get_order</code>: 4 calls, 1 refused", "2026-09-21 14:13 UTC"]);
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
    assert_eq!(clients, [Some(3), Some(1)]);
    // One model feeds the list for programs, too.
    let inventory = ask(at(&server), "/inventory", "").await.json();
    let same =
        inventory["operations"].as_array().expect("a list").iter().find(|one| one["calls"] == 4);
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
    has(&page(&server, "/console").await, &["One operation refused calls by a limit."]);
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
    has(&page(&server, "/console").await, &["One caller behaves strangely"]);
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
            "One operation is deprecated and was called within the last day.",
            "Several clients ask for a path that nothing answers, the last within a day.",
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
