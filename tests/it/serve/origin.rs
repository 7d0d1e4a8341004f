//! Pages of other origins (CORS): allowed by name, told in a preflight, and documented where they are.

use reqwest::Method;
use secure_api::prelude::Docs;

use crate::support::{
    Answer, TestServer,
    server::{app, stocked},
};

const PAGE: &str = "https://app.example";

fn told(answer: &Answer) -> Vec<String> {
    let names = answer.headers.keys().map(ToString::to_string);
    names.filter(|name| name.starts_with("access-control")).collect()
}

async fn ask(server: &TestServer, method: Method, path: &str, fields: &[(&str, &str)]) -> Answer {
    let request = server.request(method, path);
    let asked = fields.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    Answer::of(asked).await
}

// R114
#[tokio::test]
async fn pages_of_origins_that_are_named_may_read_answers() {
    let server = TestServer::with(|app| app.cors([PAGE, "http://localhost:5173"])).await;
    for (path, status) in [("/v2/parts/BOLT", 200), ("/v2/orders", 401), ("/nowhere", 404)] {
        let answer = ask(&server, Method::GET, path, &[("origin", PAGE)]).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("access-control-allow-origin"), PAGE, "{path}");
        assert!(answer.header("access-control-expose-headers").contains("etag"));
        assert_eq!(answer.header("vary"), "accept, authorization, origin");
        assert!(answer.maybe_header("access-control-allow-credentials").is_none());
        for other in [
            "https://evil.example",
            "https://app.example.evil",
            "http://app.example",
            "null",
            "https://app.example:8443",
            "",
        ] {
            let answer = ask(&server, Method::GET, path, &[("origin", other)]).await;
            assert_eq!((answer.status, told(&answer)), (status, Vec::new()), "{other}");
            assert_eq!(answer.header("vary"), "accept, authorization, origin");
        }
        let two = ask(&server, Method::GET, path, &[("origin", PAGE), ("origin", PAGE)]).await;
        assert_eq!(told(&two), Vec::<String>::new());
        assert_eq!(told(&ask(&server, Method::GET, path, &[]).await), Vec::<String>::new());
    }
}

// R114: whatever an answer says to its caller, its page may read.
#[tokio::test]
async fn a_page_may_read_every_field_that_is_for_it() {
    let server = TestServer::with(|app| app.cors([PAGE])).await;
    let token = server.token("alice", &["customer"]);
    let order = crate::support::server::order("v1", crate::support::server::ALICES);
    for (method, path, token, wanted) in [
        (
            Method::GET,
            &*order,
            &*token,
            &["etag", "deprecation", "sunset", "link", "ratelimit"][..],
        ),
        (Method::POST, "/v2/messages", "", &["accept"]),
        (Method::GET, &order, "", &["www-authenticate"]),
        (Method::PUT, "/v2/orders", "", &["allow"]),
    ] {
        let request = server.request(method.clone(), path).header("origin", PAGE);
        let request = if token.is_empty() { request } else { request.bearer_auth(token) };
        let request = match method {
            Method::GET => request,
            _ => request.header("content-type", "text/css").body("x"),
        };
        let answer = Answer::of(request).await;
        let told = answer.header("access-control-expose-headers");
        let told: Vec<_> = told.split(", ").collect();
        for name in wanted.iter().chain(&["x-request-id"]) {
            assert!(answer.maybe_header(name).is_some(), "{path} has no {name}: {answer:#?}");
            assert!(told.contains(name), "{name} of {path} is not told: {told:?}");
        }
        for name in ["content-security-policy", "vary", "access-control-allow-origin"] {
            assert!(!told.contains(&name), "{name}");
        }
    }
}

// R114: a browser asks first, without the caller's token.
#[tokio::test]
async fn a_preflight_is_answered_with_what_the_path_has() {
    let server = TestServer::with(|app| app.cors([PAGE])).await;
    let asks = ("access-control-request-method", "POST");
    let fields = [("origin", PAGE), asks, ("access-control-request-headers", "authorization")];
    let answer = ask(&server, Method::OPTIONS, "/v2/orders", &fields).await;
    assert_eq!((answer.status, &*answer.body), (204, ""));
    assert_eq!(answer.header("access-control-allow-origin"), PAGE);
    assert_eq!(answer.header("access-control-allow-methods"), "GET, HEAD, POST, OPTIONS");
    let may_send = answer.header("access-control-allow-headers");
    for name in ["authorization", "content-type", "if-match", "idempotency-key"] {
        assert!(may_send.split(", ").any(|known| known == name), "{name}");
    }
    assert_eq!(answer.header("access-control-max-age"), "3600");
    let evil =
        ask(&server, Method::OPTIONS, "/v2/orders", &[("origin", "https://evil.example"), asks])
            .await;
    assert_eq!((evil.status, told(&evil)), (204, Vec::new()));
    assert_eq!(ask(&server, Method::OPTIONS, "/nowhere", &fields).await.status, 404);
    // Nobody is allowed unless told.
    let closed = TestServer::start().await;
    let answer = ask(&closed, Method::OPTIONS, "/v2/orders", &fields).await;
    assert_eq!((answer.status, told(&answer)), (204, Vec::new()));
    assert_eq!(answer.header("vary"), "accept, authorization");
}

// R118: each document says whether it is sent.
#[tokio::test]
async fn a_document_says_whether_origins_are_allowed() {
    for origins in [&[][..], &[PAGE]] {
        let server = TestServer::with(|app| {
            app.docs(Docs::open("tests read it")).cors(origins.iter().copied())
        })
        .await;
        let document = server.get("/openapi/v2.json").await.json();
        let header = &document["components"]["headers"]["Access-Control-Allow-Origin"];
        let told = header["description"].as_str().expect("it is described");
        assert_eq!(told.starts_with("Never sent"), origins.is_empty());
    }
}

// SA221, SA222: what nobody sends is found at start.
#[tokio::test]
async fn hosts_and_origins_are_checked_at_start() {
    let clock = secure_api::clock::Clock::manual(0);
    let app = app(&stocked(), &clock).hosts(["a b"]).cors(["*", PAGE, "http://app.example"]);
    let error = app.build().expect_err("it does not start");
    let codes: Vec<_> = error.problems().iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["SA221", "SA222", "SA222"]);
}
