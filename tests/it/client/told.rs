//! The failures of calls, as the caller of an app and its log are told them: nothing of what a service said is handed on.

use std::time::Duration;

use reqwest::Method;
use secure_api::{
    client::{SafeClient, UpstreamError},
    error::StartError,
    manage::Manage,
    prelude::*,
};

use super::{
    Peer, RateAnswer, Rates, ask,
    peer::{REASON, json, status},
};
use crate::manage::{ask as ask_manage, at};
use crate::support::{
    Answer, Log, TestServer,
    model::{Role, Version},
    server::START,
    token,
};

/// A rate, as this app shows it.
#[derive(Resource)]
#[view(RateView, role = Role::Customer, fields(cents))]
pub(super) struct Rate {
    cents: u32,
}

/// Tells the rate of today.
#[get("/rate", version = Version::V1.., role = Role::Customer, by = Bearer, view = RateView, timeout = Duration::from_secs(1))]
async fn read_rate(rates: SafeClient<Rates>) -> Result<Rate, UpstreamError> {
    let RateAnswer { cents, .. } = ask(&rates).await?;
    Ok(Rate { cents })
}

/// An error of the app's own, around one of a call.
#[derive(ApiError)]
enum PlanError {
    #[problem(status = 409, title = "There is no rate")]
    None,
    #[problem(transparent)]
    Upstream(UpstreamError),
}

/// Plans by the rate of today.
#[post("/plans", version = Version::V1.., role = Role::Customer, by = Bearer, view = RateView)]
async fn plan(rates: SafeClient<Rates>) -> Result<Performed<Rate>, PlanError> {
    match ask(&rates).await {
        Ok(RateAnswer { cents, .. }) => Ok(Performed(Rate { cents })),
        Err(error) if error.status() == Some(404) => Err(PlanError::None),
        Err(error) => Err(PlanError::Upstream(error)),
    }
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), allow(unused_role, reason = "a caller of one role is enough here"), routes(read_rate, plan))]
pub(super) struct Teller;

/// An app that asks this service.
pub(super) async fn teller(
    peer: &Peer,
    change: impl FnOnce(secure_api::client::Upstream<Rates>) -> secure_api::client::Upstream<Rates>,
) -> TestServer {
    TestServer::of(Teller::app().upstream(change(peer.upstream()))).await
}

/// Asks that app as a customer.
pub(super) async fn as_customer(server: &TestServer, method: Method, path: &str) -> Answer {
    let token = token::sign(&token::claims("alice", &["customer"]), &server.clock);
    Answer::of(server.request(method, path).bearer_auth(token)).await
}

// R94
#[tokio::test]
async fn an_answer_is_shown_through_a_view_of_this_app() {
    let peer = Peer::start(|_, _| json("{\"cents\":7,\"day\":\"today\"}")).await;
    let server = teller(&peer, |upstream| upstream).await;
    let answer = as_customer(&server, Method::GET, "/v1/rate").await;
    answer.has_status(200);
    assert_eq!(answer.body, "{\"cents\":7}");
    assert_eq!(peer.asked()[0].target, "/base/rates/today");
}

// R94
#[tokio::test]
async fn nothing_that_a_service_said_is_handed_on() {
    for failure in [200, 301, 400, 401, 403, 404, 418, 429, 500, 503] {
        let peer = Peer::start(move |_, _| status(failure)).await;
        let server = teller(&peer, |upstream| upstream.retries(0)).await;
        let log = Log::capture();
        let answer = as_customer(&server, Method::GET, "/v1/rate").await;
        let problem = answer.is_problem(502);
        assert_eq!(problem["type"], "urn:problem-type:secure-api:upstream", "{failure}");
        assert!(
            !answer.body.contains("service of") && !answer.body.contains("secret"),
            "{answer:#?}"
        );
        assert!(answer.maybe_header("location").is_none());
        let told = log.lines_with(&["Rates", "a call failed"]);
        assert_eq!(told.len(), 1, "{failure}: {}", log.text());
        assert!(!log.text().contains("secret of"), "{}", log.text());
    }
}

// What is to be mended is told: the place in the answer, and what would admit it. Nothing that is sent gets out of its line.
#[tokio::test]
async fn the_log_says_what_of_an_answer_cannot_be_read() {
    for (answer, told) in [
        (
            "{\"cents\":7,\"currency\":\"secret\"}",
            "unknown at /currency; `.ignores_unknown_members()`",
        ),
        ("{\"cents\":7,\"a\\nb\\u202e\":1}", "cannot be read: unknown; "),
        ("{\"cents\":1001}", "cannot be read: range at /cents"),
        ("{\"day\":\"a day of more than twenty letters\"}", "length at /day, required at /cents"),
        ("[]", "cannot be read: type"),
    ] {
        let peer = Peer::start(move |_, _| json(answer)).await;
        let server = TestServer::of(
            Teller::app().upstream(peer.upstream::<Rates>()).manage(Manage::at("127.0.0.1:0")),
        )
        .await;
        let log = Log::capture();
        as_customer(&server, Method::GET, "/v1/rate").await.is_problem(502);
        assert_eq!(log.lines_with(&["a call failed", told]).len(), 1, "{told}: {}", log.text());
        assert!(!log.text().contains("secret"), "{}", log.text());
        // It was answered, and is of no use.
        let counts = ask_manage(at(&server), "/metrics", "").await.body;
        for (outcome, number) in [("answered", 0), ("unreadable", 1), ("failed", 0)] {
            let line = format!(
                "secure_api_upstream_calls_total{{upstream=\"Rates\",outcome=\"{outcome}\"}} {number}"
            );
            assert!(counts.lines().any(|other| other == line), "{line}: {counts}");
        }
    }
}

#[tokio::test]
async fn the_log_says_that_no_redirect_is_followed() {
    let peer = Peer::start(|_, _| status(302)).await;
    let server = teller(&peer, |upstream| upstream).await;
    let log = Log::capture();
    as_customer(&server, Method::GET, "/v1/rate").await.is_problem(502);
    let told = ["a call failed", "the status 302, and no redirect is followed", ".redirects("];
    assert_eq!(log.lines_with(&told).len(), 1, "{}", log.text());
}

// R94
#[tokio::test]
async fn an_error_of_the_app_holds_that_of_a_call() {
    for (failure, answered) in [(404, 409), (500, 502)] {
        let peer = Peer::start(move |_, _| status(failure)).await;
        let server = teller(&peer, |upstream| upstream.retries(0)).await;
        as_customer(&server, Method::POST, "/v1/plans").await.is_problem(answered);
    }
}

// R93
// R94
#[tokio::test]
async fn a_service_that_is_too_slow_is_504_before_the_deadline() {
    let peer = Peer::start(|_, _| json("{\"cents\":1}")).await;
    let slow = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = slow.local_addr().expect("an address");
    let upstream = secure_api::client::Upstream::<Rates>::at(format!("http://{address}/"));
    let upstream = upstream.internal(address.to_string(), REASON);
    let server = TestServer::of(Teller::app().upstream(upstream)).await;
    let answer = as_customer(&server, Method::GET, "/v1/rate").await;
    let problem = answer.is_problem(504);
    assert_eq!(problem["type"], "urn:problem-type:secure-api:upstream-timeout");
    drop((slow, peer));
}

// R92 in part
// R94
#[tokio::test]
async fn what_is_declared_is_in_the_inventory() {
    let peer = Peer::start(|_, _| json("{\"cents\":1}")).await;
    let token = secure_api::testing::secret!("a-token-of-the-app");
    let upstream =
        peer.upstream::<Rates>().own_token(token, "the rates are the same for everybody");
    let app = Teller::app().upstream(upstream).tokens(token::issuer()).build().expect("it starts");
    let hatches = app.model().hatches();
    for (rule, reason) in
        [("internal", REASON), ("own_token", "the rates are the same for everybody")]
    {
        assert!(hatches.iter().any(|one| one.rule == rule && one.reason == reason), "{hatches:?}");
    }
    let inventory = app.inventory();
    let line = format!(
        "calls Rates at http://{0}/base, with a token of its own: the rates are the same for everybody; inside at {0}: {REASON}",
        peer.address
    );
    assert!(inventory.contains(&line), "{inventory}");
    assert!(!inventory.contains("a-token-of-the-app"));
}

fn refused(app: secure_api::app::AppBuilder) -> Vec<&'static str> {
    let built = app.tokens(token::issuer()).clock(Clock::manual(START)).build();
    let refused: StartError = built.map(|_| ()).expect_err("it does not start");
    refused.problems().iter().map(|problem| problem.code).collect()
}

// R92 in part
#[tokio::test]
async fn what_is_not_declared_as_it_has_to_be_does_not_start() {
    let peer = Peer::start(|_, _| json("{\"cents\":1}")).await;
    let upstream = || peer.upstream::<Rates>();
    assert_eq!(refused(Teller::app()), ["SA011"]);
    let missing = Teller::app().tokens(token::issuer()).build().map(|_| ()).expect_err("none");
    let missing = missing.to_string();
    assert!(
        missing.contains("takes the client ") && missing.contains("`.upstream(…)`"),
        "{missing}"
    );
    assert_eq!(refused(Teller::app().upstream(upstream()).upstream(upstream())), ["SA010"]);
    let internal = upstream().internal("rates.corp:443", "todo");
    assert_eq!(refused(Teller::app().upstream(internal)), ["SA212"]);
    let twice = upstream().passes_token().own_token(secure_api::testing::secret!("a"), REASON);
    assert_eq!(refused(Teller::app().upstream(twice)), ["SA211"]);
    let users = secure_api::client::Upstream::<Rates>::of_users().passes_token();
    assert_eq!(refused(Teller::app().upstream(users)), ["SA211"]);
    let unread = upstream().own_token(SecretBytes::env("NOBODY_SETS_THIS"), REASON);
    assert_eq!(refused(Teller::app().upstream(unread)), ["SA177"]);
    let root = upstream().root_certificate("no certificate");
    assert_eq!(refused(Teller::app().upstream(root)), ["SA211"]);
}
