//! An app as a whole: what keeps it from starting, and how it lives among other axum code.

use axum::{Router, body::Body, http::Request, middleware, routing::get};
use secure_api::{clock::Clock, error::StartError, serve::ServerSettings, token::Issuer};
use tower::ServiceExt;

use crate::support::{
    Log, TestServer,
    api::{Depot, Runs},
    server::{ALICES, START, app, order, stocked},
    token,
};

fn codes(error: &StartError) -> Vec<&'static str> {
    error.problems().iter().map(|problem| problem.code).collect()
}

// R10: everything that is missing is told at once, before a socket opens.
#[test]
fn start_problems_come_together() {
    let error = Depot::app().build().expect_err("nothing was given");
    assert_eq!(codes(&error), ["SA149", "SA011", "SA011"]);
    let text = error.to_string();
    for part in ["3 problems", "store::Db", "api::Runs", "takes no credentials", "help: "] {
        assert!(text.contains(part), "no {part} in {text}");
    }

    let wrong = Depot::app()
        .service(Runs::default())
        .service(Runs::default())
        .tokens(Issuer::new("http://login.example"))
        .build()
        .expect_err("hardly anything is right");
    let codes = codes(&wrong);
    for code in ["SA010", "SA011", "SA150", "SA151", "SA152"] {
        assert!(codes.contains(&code), "no {code} in {codes:?}");
    }
}

// R110: a store is found by those that take a half of it, and a service by nobody who names a store.
#[test]
fn a_store_is_no_service() {
    let app = Depot::app().service(stocked()).service(Runs::default()).tokens(token::issuer());
    let error = app.build().expect_err("the store is no service");
    assert_eq!(codes(&error), ["SA209"]);
    assert!(error.to_string().contains("store::Db, which was registered as a service"), "{error}");
}

#[test]
fn an_app_with_all_it_takes_starts() {
    assert!(app(&stocked(), &Clock::manual(START)).build().is_ok());
}

async fn pass(request: Request<Body>, next: middleware::Next) -> axum::response::Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert("x-layer", "passed".parse().expect("a value"));
    response
}

// A tower layer goes on, and a plain axum route stands beside.
#[tokio::test]
async fn layers_and_plain_routes_go_with_it() {
    let (db, clock) = (stocked(), Clock::manual(START));
    let app = app(&db, &clock).build().expect("an app").map_router(|router| {
        router.route("/health", get(|| async { "well" })).layer(middleware::from_fn(pass))
    });
    let server = TestServer::run(app, db, clock).await;
    let health = server.get("/health").await;
    assert_eq!((health.status, health.body.as_str()), (200, "well"));
    assert_eq!(health.header("x-layer"), "passed");
    let token = server.token("alice", &["customer"]);
    let shown = server.get_as(&token, &order("v2", ALICES)).await;
    assert_eq!((shown.status, shown.header("x-layer")), (200, "passed"));
    shown.has_security_headers();
    let refused = server.get("/v2/orders").await;
    refused.is_problem(401);
    assert_eq!(refused.header("x-layer"), "passed");
    server.get("/nowhere").await.is_problem(404);
}

/// Asks a router without a socket, as a server of somebody else's does that tells no address.
async fn ask(router: &Router, path: &str, token: Option<&str>) -> (u16, String) {
    let request = Request::builder().uri(path);
    let request = match token {
        Some(token) => request.header("authorization", format!("Bearer {token}")),
        None => request,
    };
    let request = request.body(Body::empty()).expect("a request");
    let response = router.clone().oneshot(request).await.expect("a router answers");
    let status = response.status().as_u16();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    (status, String::from_utf8(body.to_vec()).expect("UTF-8"))
}

// Mounted below a path, everything is enforced as it is at the root.
#[tokio::test]
async fn an_app_can_be_mounted() {
    let clock = Clock::manual(START);
    let app = app(&stocked(), &clock).build().expect("an app");
    let token = token::sign(&token::claims("alice", &["customer"]), &clock);
    for (root, router) in [
        ("/shop", Router::new().nest("/shop", app.router())),
        // The outer path's parameters are not those of the API.
        ("/shops/acme", Router::new().nest("/shops/{tenant}", app.router())),
        ("/shops/a/b", Router::new().nest("/shops/{a}/{b}", app.router())),
    ] {
        let path = format!("{root}{}", order("v2", ALICES));
        assert_eq!(ask(&router, &path, None).await.0, 401);
        assert_eq!(ask(&router, &path, Some(&token)).await.0, 200);
        let (status, body) = ask(&router, &format!("{root}/v2/parts/BOLT"), None).await;
        assert_eq!((status, body.as_str()), (200, "{\"sku\":\"BOLT\"}"));
        let (status, body) = ask(&router, &format!("{root}/v2/nowhere"), None).await;
        assert_eq!(status, 404);
        assert!(body.contains("urn:problem-type:secure-api:not-found"), "{body}");
    }
}

// Callers whose address nobody tells share one, and its limit.
#[tokio::test]
async fn without_an_address_all_callers_are_one() {
    let log = Log::capture();
    let clock = Clock::manual(START);
    let app = app(&stocked(), &clock).build().expect("an app");
    let router = app.router();
    for _ in 0..8 {
        assert_eq!(ask(&router, "/v2/probe", None).await.0, 401);
    }
    // The log says so, once.
    assert_eq!(log.lines_with(&["WARN", "ConnectInfo", "share"]).len(), 1, "{}", log.text());
    assert_eq!(ask(&router, "/v2/probe", None).await.0, 429);
}

// Two apps of one API share nothing: no buckets, no stores.
#[tokio::test]
async fn apps_share_nothing() {
    let clock = Clock::manual(START);
    let first = app(&stocked(), &clock).build().expect("an app").router();
    let second = app(&stocked(), &clock).build().expect("an app").router();
    for _ in 0..9 {
        ask(&first, "/v2/probe", None).await;
    }
    assert_eq!(ask(&first, "/v2/probe", None).await.0, 429);
    assert_eq!(ask(&second, "/v2/probe", None).await.0, 401);
}

// R74: nothing that an app holds is in how it is printed.
#[test]
fn an_app_prints_no_content() {
    let log = Log::capture();
    let builder = app(&stocked(), &Clock::manual(START));
    let printed = format!("{builder:?} {:?}", builder_app());
    assert!(printed.contains("Depot"), "{printed}");
    assert!(!printed.contains("4111-1") && !printed.contains("alice"), "{printed}");
    assert!(log.text().is_empty());
}

fn builder_app() -> secure_api::app::App {
    app(&stocked(), &Clock::manual(START)).build().expect("an app")
}

#[tokio::test]
async fn an_app_states_the_bounds_of_its_server() {
    let large = "a".repeat(10 * 1024);
    for (max_header_bytes, status) in [(8 * 1024, 431), (32 * 1024, 404)] {
        let settings = ServerSettings { max_header_bytes, ..ServerSettings::default() };
        let server = TestServer::with(|app| app.server(settings)).await;
        let request = server.request(reqwest::Method::GET, "/").header("x-large", &large);
        assert_eq!(request.send().await.expect("an answer").status(), status);
    }
}

// R49: a server that may serve nobody does not start (SA224).
#[test]
fn a_bound_of_nothing_does_not_start() {
    let usual = ServerSettings::default;
    let nothing = std::time::Duration::ZERO;
    for (settings, bound) in [
        (ServerSettings { max_connections: 0, ..usual() }, "max_connections"),
        (ServerSettings { max_concurrent_streams: 0, ..usual() }, "max_concurrent_streams"),
        (ServerSettings { max_header_bytes: 0, ..usual() }, "max_header_bytes"),
        (ServerSettings { max_concurrent_requests: 0, ..usual() }, "max_concurrent_requests"),
        (ServerSettings { max_buffered_bytes: 0, ..usual() }, "max_buffered_bytes"),
        (ServerSettings { latency_target: nothing, ..usual() }, "latency_target"),
        (ServerSettings { header_timeout: nothing, ..usual() }, "header_timeout"),
        (ServerSettings { idle_timeout: nothing, ..usual() }, "idle_timeout"),
        (ServerSettings { handshake_timeout: nothing, ..usual() }, "handshake_timeout"),
    ] {
        let app = crate::support::server::app(&Default::default(), &Clock::manual(0));
        let error = app.server(settings).build().expect_err("it does not start");
        let [problem] = error.problems() else { panic!("{error}") };
        assert!(problem.code == "SA224" && problem.text.contains(bound), "{error}");
    }
    let app = || crate::support::server::app(&Default::default(), &Clock::manual(0));
    let error = app().deadline(nothing).build().expect_err("it does not start");
    assert_eq!(error.problems()[0].code, "SA224");
    let patient = ServerSettings { shutdown_deadline: nothing, ..usual() };
    assert!(app().server(patient).build().is_ok());
}
