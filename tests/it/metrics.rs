//! The counts of what an app does, as a collector reads them.

use std::collections::BTreeMap;

use secure_api::{clock::Clock, ledger::Memory, manage::Manage, testing::secret};

use crate::{
    manage::{TOKEN, ask, at, managed},
    support::{
        Answer, TestServer,
        hooked::{Fate, Hooked, Operation},
        server::{ALICES, BOBS, order},
    },
};

/// Returns the samples of a server, by their name and labels.
async fn samples(server: &TestServer) -> BTreeMap<String, f64> {
    let answer = ask(at(server), "/metrics", "").await;
    assert_eq!(answer.status, 200, "{answer:#?}");
    let media = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    assert_eq!(answer.header("content-type"), media);
    read(&answer.body)
}

/// Reads the samples of a text.
fn read(text: &str) -> BTreeMap<String, f64> {
    assert!(text.ends_with("# EOF\n"), "{text}");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.map(|line| line.rsplit_once(' ').expect("a name and a number"));
    pairs.map(|(name, number)| (name.to_owned(), number.parse().expect("a number"))).collect()
}

fn requests(operation: &str, version: &str, status: &str) -> String {
    format!(
        "secure_api_requests_total{{operation=\"{operation}\",version=\"{version}\",status=\"{status}\"}}"
    )
}

#[tokio::test]
async fn requests_are_counted_by_operation_version_and_status() {
    let server = managed().await;
    let token = server.token("alice", &["customer"]);
    for _ in 0..3 {
        assert_eq!(server.get_as(&token, &order("v2", ALICES)).await.status, 200);
    }
    server.get(&order("v2", ALICES)).await.is_problem(401);
    server.get("/v2/secret/4711?token=x").await;
    server.get("/.env").await.is_problem(404);
    let samples = samples(&server).await;
    assert_eq!(samples[&requests("get_order", "v2", "2xx")], 3.0);
    assert_eq!(samples[&requests("get_order", "v2", "4xx")], 1.0);
    assert_eq!(samples[&requests("unmatched", "", "4xx")], 2.0);
    let of = "operation=\"get_order\",version=\"v2\"";
    assert_eq!(samples[&format!("secure_api_request_duration_seconds_count{{{of}}}")], 4.0);
    assert_eq!(
        samples[&format!("secure_api_request_duration_seconds_bucket{{le=\"+Inf\",{of}}}")],
        4.0
    );
    assert_eq!(samples["secure_api_remembered_credentials"], 1.0);
    let refusals = |stage: &str, name: &str| {
        let of = format!("stage=\"{stage}\",problem=\"urn:problem-type:secure-api:{name}\"");
        format!("secure_api_refusals_total{{{of}}}")
    };
    assert_eq!(samples[&refusals("credentials", "unauthenticated")], 1.0);
    assert_eq!(samples[&refusals("route and version", "not-found")], 2.0);
    assert!(!samples.contains_key(&refusals("objects", "not-found")));
    // Nothing that a caller sent is a label.
    assert!(samples.keys().all(|name| !name.contains("4711") && !name.contains(".env")));
}

// R99 in part, R101 in part
#[tokio::test]
async fn calls_of_what_is_deprecated_are_counted() {
    let server = managed().await;
    let token = server.token("alice", &["customer"]);
    server.get_as(&token, &order("v1", ALICES)).await.has_status(200);
    server.get_as(&token, &order("v2", ALICES)).await.has_status(200);
    let of = |version| {
        format!(
            "secure_api_deprecated_calls_total{{operation=\"get_order\",version=\"{version}\"}}"
        )
    };
    let counted = samples(&server).await;
    assert_eq!((counted.get(&of("v1")), counted.get(&of("v2"))), (Some(&1.0), None));
}

// One kind of problem may be of several stages.
#[tokio::test]
async fn a_refusal_is_counted_at_the_stage_that_refused() {
    let server = managed().await;
    let alice = server.token("alice", &["customer"]);
    let auditor = server.token("alice", &["auditor"]);
    let others = server.request(reqwest::Method::POST, "/v2/orders-for-others");
    Answer::of(others.bearer_auth(&alice)).await.is_problem(403);
    server.get_as(&auditor, "/v2/orders").await.is_problem(403);
    server.get_as(&auditor, "/v2/orders").await.is_problem(403);
    server.get_as(&alice, &order("v2", BOBS)).await.is_problem(404);
    server.get_as(&alice, "/v2/nowhere").await.is_problem(404);
    let samples = samples(&server).await;
    let of = |stage: &str, name: &str| {
        let of = format!("stage=\"{stage}\",problem=\"urn:problem-type:secure-api:{name}\"");
        samples.get(&format!("secure_api_refusals_total{{{of}}}")).copied()
    };
    assert_eq!(of("objects", "forbidden"), Some(1.0), "{samples:#?}");
    assert_eq!(of("role and scope", "forbidden"), Some(2.0));
    assert_eq!(of("objects", "not-found"), Some(1.0));
    assert_eq!(of("route and version", "not-found"), Some(1.0));
}

#[tokio::test]
async fn what_a_limit_refuses_is_counted() {
    let server = managed().await;
    let token = server.token("alice", &["customer"]);
    let body = r#"{"parts":[{"sku":"BOLT","price":5}],"card":"4000"}"#;
    for _ in 0..7 {
        server.send(reqwest::Method::POST, Some(&token), "/v2/orders", body).await;
    }
    let of = "secure_api_limits_reached_total{operation=\"place_order\",version=\"v2\"}";
    assert_eq!(samples(&server).await[of], 2.0);
}

#[tokio::test]
async fn an_outage_of_the_ledger_is_counted_while_it_lasts_and_when_it_is_over() {
    use std::sync::atomic::{AtomicBool, Ordering};
    static GONE: AtomicBool = AtomicBool::new(false);
    let ledger = Hooked::new(Memory::new(Clock::system()), |operation| {
        let is_gone = GONE.load(Ordering::SeqCst) && matches!(operation, Operation::Charge);
        if is_gone { Fate::Failed } else { Fate::Answered }
    });
    let server = TestServer::with(|app| {
        app.secret(secret!(TOKEN)).ledger(ledger).manage(Manage::at("127.0.0.1:0"))
    })
    .await;
    let outage = async || {
        let samples = samples(&server).await;
        ["errors_total", "outages_begun_total", "outages_ended_total", "outage"]
            .map(|name| samples[&format!("secure_api_ledger_{name}")])
    };
    server.get("/v2/parts/BOLT").await.has_status(200);
    assert_eq!(outage().await, [0.0, 0.0, 0.0, 0.0]);
    GONE.store(true, Ordering::SeqCst);
    server.get("/v2/parts/BOLT").await.is_problem(503);
    server.get("/v2/parts/BOLT").await.is_problem(503);
    let [errors, begun, ended, now] = outage().await;
    assert!(errors >= 2.0);
    assert_eq!([begun, ended, now], [1.0, 0.0, 1.0]);
    GONE.store(false, Ordering::SeqCst);
    server.get("/v2/parts/BOLT").await.has_status(200);
    assert_eq!(outage().await[1..], [1.0, 1.0, 0.0]);
}

// R48
#[tokio::test]
async fn the_end_of_a_certificate_is_among_the_samples() {
    let server = TestServer::tls_with(|app| app.manage(Manage::at("127.0.0.1:0"))).await;
    let metrics = format!("https://localhost:{}/metrics", at(&server).port());
    let answer = server.client.get(metrics).send().await.expect("an answer");
    let samples = read(&answer.text().await.expect("a text"));
    // 4096-01-01, which is what the certificate of these tests says.
    assert_eq!(samples["secure_api_certificate_end_seconds{host=\"localhost\"}"], 67_090_118_400.0);
    assert_eq!(samples["secure_api_certificate_renewals_total"], 0.0);
    assert_eq!(samples["secure_api_certificate_failures_total"], 0.0);
}
