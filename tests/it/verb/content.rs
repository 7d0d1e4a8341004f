//! Content of a DELETE, where the route says why.

use std::sync::atomic::{AtomicUsize, Ordering};

use secure_api::{
    docs::openapi_json,
    prelude::*,
    testing::{self, Check},
};
use serde_json::{Value as Parsed, json};

#[derive(Role)]
enum Role {
    Clerk,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct Struck {
    #[input(items = 1..=3, each(range = 1..=9))]
    parts: Vec<u32>,
}

/// The parts that were struck off.
static STRUCK: AtomicUsize = AtomicUsize::new(0);

/// Strikes parts off the list.
#[delete("/parts", version = Version::V1.., role = Role::Clerk,
         allow(content, reason = "the tills of the first years send a list"))]
async fn strike(Json(struck): Json<Struck>) -> NoContent {
    STRUCK.fetch_add(struck.parts.len(), Ordering::Relaxed);
    NoContent
}

/// Clears the list.
#[delete("/list", version = Version::V1.., role = Role::Clerk)]
async fn clear() -> NoContent {
    NoContent
}

/// A store.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(), routes(strike, clear))]
struct Parts;

// R110
#[tokio::test]
async fn a_delete_reads_its_content_as_any_other_body() {
    let api = testing::client(Parts::app().tokens(testing::issuer())).expect("an app that starts");
    let clerk = api.as_caller(Role::Clerk, "cleo");
    let strike = |body: Parsed| clerk.request("DELETE", "/v1/parts").json(body);
    strike(json!({ "parts": [1, 2] })).await.assert_status(204);
    assert_eq!(STRUCK.load(Ordering::Relaxed), 2);
    for (body, status) in [
        (json!({ "parts": [] }), 422),
        (json!({ "parts": [1, 2, 3, 4] }), 422),
        (json!({ "parts": [0] }), 422),
        (json!({}), 422),
        (json!({ "parts": [1], "all": true }), 422),
        (json!([1]), 422),
    ] {
        strike(body).await.assert_status(status);
    }
    // What a gateway has dropped the content of strikes nothing.
    let lost = clerk.request("DELETE", "/v1/parts").await;
    assert!(lost.assert_status(415).text().contains("a gateway may have dropped it"), "{lost:?}");
    let other = clerk.request("DELETE", "/v1/parts").body("text/plain", "1").await;
    assert!(other.assert_status(415).text().contains("`Content-Type` is none"), "{other:?}");
    api.request("DELETE", "/v1/parts").json(json!({ "parts": [1] })).await.assert_status(401);
    assert_eq!(STRUCK.load(Ordering::Relaxed), 2);
    // Another one takes none, as ever.
    clerk.request("DELETE", "/v1/list").json(json!({ "parts": [1] })).await.assert_status(400);
    clerk.request("DELETE", "/v1/list").await.assert_status(204);
}

#[test]
fn documents_and_the_list_of_exceptions_have_it() {
    let model = Parts::API.model();
    let text = openapi_json(&model, "v1").expect("a version");
    let document: Parsed = serde_json::from_str(&text).expect("a document");
    let operation = &document["paths"]["/v1/parts"]["delete"];
    let body = &operation["requestBody"];
    assert_eq!(body["required"], true, "{operation}");
    assert!(body["content"]["application/json"]["schema"].is_object(), "{operation}");
    assert_eq!(operation["x-exceptions"][0]["rule"], "content", "{operation}");
    assert!(document["paths"]["/v1/list"]["delete"]["requestBody"].is_null());
    let hatches = model.hatches();
    let listed = hatches.iter().find(|one| one.rule == "content").expect("an exception");
    assert_eq!(listed.place.as_deref(), Some("strike"));
    assert_eq!(listed.reason, "the tills of the first years send a list");
}

/// Takes lamps away.
#[delete("/lamps", version = Version::V1.., role = Role::Clerk,
         allow(content, reason = "the tills of the first years send a list"))]
async fn take_away(Json(struck): Json<Struck>) -> NoContent {
    drop(struck);
    NoContent
}

/// A store of lamps.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(), routes(take_away))]
struct Lamps;

/// Takes candles away, or all of them.
#[delete("/candles", version = Version::V1.., role = Role::Clerk,
         allow(content, reason = "the tills of the first years send a list"))]
async fn take_candles(struck: Option<Json<Struck>>) -> NoContent {
    drop(struck);
    NoContent
}

/// A store of candles.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(), routes(take_candles))]
struct Candles;

#[tokio::test]
async fn verify_sends_it_without_its_content() {
    let app = Lamps::app().tokens(testing::issuer()).clock(testing::at("2026-11-30"));
    let verified = testing::verify(app).await;
    assert_eq!(verified.kept(Check::Media), 1, "{verified}");
    // Without its content this one takes all of them away.
    let app = Candles::app().tokens(testing::issuer()).clock(testing::at("2026-11-30"));
    let verified = testing::verify(app).report().await.expect("an app that starts");
    let told: Vec<_> = verified.broken.iter().map(|one| (one.check, &*one.route)).collect();
    assert_eq!(told, [(Check::Media, "take_candles v1")], "{verified}");
    assert!(verified.broken[0].what.contains("a request that lost its content"), "{verified}");
}
