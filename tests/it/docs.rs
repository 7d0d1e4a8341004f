//! Documents of an API that the macros made: what is served, and that it says what the routes say.

pub(crate) mod contract;
mod endpoints;
pub(crate) mod examples;
mod groups;
mod paths;
mod readers;
mod things;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use http_body_util::BodyExt;
use secure_api::{docs::openapi_json, prelude::*};
use serde_json::json;
use tower::ServiceExt;

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Value)]
#[value(text, max_len = 3, unowned = "a currency is nobody's")]
struct Currency(String);

#[derive(Value)]
#[value(text, max_len = 10, unowned = "a day is nobody's")]
struct Day(String);

#[derive(Resource)]
#[view(RateView, public, fields(text))]
struct Rate {
    text: String,
}

#[derive(Input)]
struct Note {
    #[input(text, max_len = 20)]
    text: String,
}

/// Shows a rate.
#[get("/rates/{currency}/{day}", version = Version::V1.., public = "rates are for anybody", view = RateView)]
async fn rate(day: Unowned<Day>, currency: Unowned<Currency>) -> Option<Rate> {
    let text = format!("{} {}", currency.0.as_str(), day.0.as_str());
    (currency.0.as_str() == "EUR").then_some(Rate { text })
}

/// Leaves a note.
#[post("/notes", version = Version::V1.., role = Role::Member, view = RateView)]
async fn note(Json(note): Json<Note>) -> Performed<Rate> {
    Performed(Rate { text: note.text })
}

/// Rates.
#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(rate, note))]
struct Rates;

fn app(docs: Docs) -> secure_api::app::App {
    let key = Key::hs256(secure_api::testing::secret!("thirty-two bytes of test secret!"));
    let issuer = Issuer::new("https://issuer.example").audience("rates").key(key);
    Rates::app().tokens(issuer).docs(docs).build().expect("the app starts")
}

async fn get(router: Router, path: &str) -> (StatusCode, String, String) {
    let request = Request::get(path).body(Body::empty()).expect("a request");
    let response = router.oneshot(request).await.expect("an answer");
    let policy = response.headers().get("content-security-policy").cloned();
    let policy =
        policy.and_then(|policy| policy.to_str().map(str::to_owned).ok()).unwrap_or_default();
    let status = response.status();
    let body = response.into_body().collect().await.expect("a body").to_bytes();
    (status, policy, String::from_utf8_lossy(&body).into_owned())
}

// R118: the first parameter of the path is described by the argument that is bound to it.
#[test]
fn path_parameters_are_described_by_their_own_arguments() {
    let text = openapi_json(app(Docs::off()).model(), "v1").expect("v1 is a version");
    let document: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let operation = &document["paths"]["/v1/rates/{currency}/{day}"]["get"];
    let parameter = |place: usize| &operation["parameters"][place];
    assert_eq!(
        (&parameter(0)["name"], &parameter(0)["schema"]["maxLength"]),
        (&json!("currency"), &json!(3))
    );
    assert_eq!(
        (&parameter(1)["name"], &parameter(1)["schema"]["maxLength"]),
        (&json!("day"), &json!(10))
    );
    assert!(operation["responses"]["404"].is_object());
    assert_eq!(operation["security"], json!([{}]));
    let operation = &document["paths"]["/v1/notes"]["post"];
    assert_eq!(operation["security"], json!([{ "Bearer": [] }]));
    assert!(operation["responses"]["422"].is_object());
}

// Whoever opens the documents says why, in words (SA641).
#[test]
fn documents_are_opened_for_a_reason() {
    for (reason, starts) in [("", false), ("todo", false), ("our customers read the page", true)] {
        let built = Rates::app().docs(Docs::open(reason)).build();
        let told = built.map_or_else(|error| error.to_string(), |_| String::new());
        assert_eq!(!told.contains("SA641"), starts, "{reason:?}: {told}");
    }
    // What is taken back opens nothing.
    let built = Rates::app().docs(Docs::open("todo")).docs(Docs::off()).build();
    let told = built.map_or_else(|error| error.to_string(), |_| String::new());
    assert!(!told.contains("SA641"), "{told}");
}

// R102 in part: the documents.
#[tokio::test]
async fn documents_and_the_page_are_served_where_that_was_said() {
    let router = app(Docs::open("the tests read them")).router();
    let (status, policy, body) = get(router.clone(), "/openapi/v1.json").await;
    assert_eq!((status, policy.starts_with("default-src 'none'")), (StatusCode::OK, true));
    assert!(body.starts_with("{\"openapi\":\"3.1.0\""), "{body}");
    let (status, policy, body) = get(router.clone(), "/docs").await;
    assert_eq!((status, policy.starts_with("default-src 'self'")), (StatusCode::OK, true));
    assert!(body.contains("<title>Rates</title>"), "{body}");
    // Nobody's page has a hold of its window, by opening it or by being opened.
    for path in ["/docs", "/docs/", "/docs/page.js"] {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        let answer = router.clone().oneshot(request).await.expect("an answer");
        for name in ["cross-origin-opener-policy", "cross-origin-resource-policy"] {
            let value = answer.headers().get(name).and_then(|value| value.to_str().ok());
            assert_eq!(value, Some("same-origin"), "{path}: {name}");
        }
    }
}

// R102 in part: the documents.
#[tokio::test]
async fn documents_are_nowhere_where_they_are_off() {
    let router = app(Docs::off()).router();
    for path in ["/openapi/v1.json", "/docs", "/docs/", "/docs/page.js"] {
        assert_eq!(get(router.clone(), path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

// R118: what is listed is what is documented.
#[test]
fn every_operation_of_the_inventory_is_documented() {
    let app = app(Docs::off());
    for listed in &app.model().operations {
        for version in &listed.versions {
            let text = openapi_json(app.model(), version).expect("the version is there");
            let document: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
            let path = format!("/{version}{}", listed.path);
            let operation = &document["paths"][&path][listed.verb.as_str().to_lowercase()];
            assert_eq!(operation["operationId"], listed.name);
            assert!(operation["responses"][listed.answer.status.to_string()].is_object());
        }
    }
}
