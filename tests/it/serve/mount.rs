//! An app below a path: its links and its documents hold there.

use axum::{Router, body::Body};
use http::{Request, Response};
use http_body_util::BodyExt;
use secure_api::{app::AppBuilder, clock::Clock, prelude::Docs};
use serde_json::Value;
use tower::ServiceExt;

use crate::support::{
    server::{START, app, stocked},
    token,
};

const BODY: &str = r#"{"parts":[{"sku":"BOLT","price":5}],"card":"4000"}"#;

fn depot(change: impl FnOnce(AppBuilder) -> AppBuilder) -> Router {
    let app = app(&stocked(), &Clock::manual(START)).docs(Docs::open("tests read the documents"));
    change(app).build().expect("an app").router()
}

async fn ask(router: &Router, method: &str, path: &str, body: &'static str) -> Response<Body> {
    let token = token::sign(&token::claims("alice", &["customer"]), &Clock::manual(START));
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "localhost")
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {token}"));
    let body = if body.is_empty() { Body::empty() } else { Body::from(body) };
    router.clone().oneshot(request.body(body).expect("a request")).await.expect("an answer")
}

async fn json(response: Response<Body>) -> Value {
    let bytes = response.into_body().collect().await.expect("a body").to_bytes();
    serde_json::from_slice(&bytes).expect("JSON")
}

// R112 R118
#[tokio::test]
async fn links_hold_wherever_the_app_is_mounted() {
    let nested = || Router::new().nest("/api", depot(|app| app));
    let twice = Router::new().nest("/a", Router::new().nest("/b", depot(|app| app)));
    for (router, prefix) in [
        (depot(|app| app), ""),
        (nested(), "/api"),
        (twice, "/a/b"),
        (
            Router::new().nest("/out", depot(|app| app.base_url("https://shop.example/proxy"))),
            "/proxy/out",
        ),
    ] {
        let mounted = prefix.trim_start_matches("/proxy");
        let placed = ask(&router, "POST", &format!("{mounted}/v2/orders"), BODY).await;
        assert_eq!(placed.status(), 201);
        let location = placed.headers()["location"].to_str().expect("text").to_owned();
        assert!(location.starts_with(&format!("{prefix}/v2/orders/")), "{location}");
        let inside = location.trim_start_matches("/proxy");
        assert_eq!(ask(&router, "GET", inside, "").await.status(), 200);

        let path = format!("{mounted}/openapi/v2.json");
        let document = ask(&router, "GET", &path, "").await;
        let tag = document.headers()["etag"].clone();
        let url = json(document).await["servers"][0]["url"].clone();
        let outside = match prefix {
            "" => "/".to_owned(),
            "/proxy/out" => "https://shop.example/proxy/out".to_owned(),
            prefix => prefix.to_owned(),
        };
        assert_eq!(url, outside);
        assert_eq!(ask(&router, "GET", &path, "").await.headers()["etag"], tag);
    }
}

// R112: a proxy takes the path off, so that no request tells of it.
#[tokio::test]
async fn the_url_that_an_app_is_found_at_is_stated() {
    let router = depot(|app| app.base_url("https://shop.example/api"));
    let placed = ask(&router, "POST", "/v2/orders", BODY).await;
    let location = placed.headers()["location"].to_str().expect("text");
    assert!(location.starts_with("/api/v2/orders/"), "{location}");
    let document = json(ask(&router, "GET", "/openapi/v2.json", "").await).await;
    assert_eq!(document["servers"][0]["url"], "https://shop.example/api");
    let app = app(&stocked(), &Clock::manual(START)).base_url("/api").build();
    let error = app.expect_err("it does not start");
    assert_eq!(error.problems()[0].code, "SA223");
}

// R112 R118: who calls an app that is nested at a parameter chooses a part of the path.
#[tokio::test]
async fn a_prefix_that_a_caller_chose_is_a_path_of_the_link_and_of_the_document() {
    for (chosen, written) in [
        ("acme", "/t/acme"),
        ("a%20b", "/t/a%20b"),
        ("a\"b", "/t/a%22b"),
        ("x\",\"servers\":[{\"url\":\"https:", "/t/x%22,%22servers%22:%5B%7B%22url%22:%22https:"),
        ("{y}", "/t/%7By%7D"),
        ("a%2", "/t/a%252"),
    ] {
        let router = Router::new().nest("/t/{tenant}", depot(|app| app));
        let path = format!("/t/{chosen}/openapi/v2.json");
        if path.parse::<http::Uri>().is_err() {
            continue;
        }
        let document = json(ask(&router, "GET", &path, "").await).await;
        assert_eq!(document["servers"][0]["url"], written, "{chosen}");
        assert_eq!(document["servers"].as_array().map(Vec::len), Some(1));
        let placed = ask(&router, "POST", &format!("/t/{chosen}/v2/orders"), BODY).await;
        assert_eq!(placed.status(), 201, "{chosen}");
        let location = placed.headers()["location"].to_str().expect("text");
        assert!(location.starts_with(&format!("{written}/v2/orders/")), "{location}");
    }
}
