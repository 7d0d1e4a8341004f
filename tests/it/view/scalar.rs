//! One scalar as a whole answer: its JSON, its bounds, its document.

use secure_api::{docs::openapi_json, prelude::*, testing};
use serde_json::{Value as Json, json};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Value, Clone, Copy, Debug)]
enum Colour {
    Red,
    #[value(name = "deep-blue")]
    Blue,
}

#[derive(Value, Debug)]
#[value(text, min_len = 1, max_len = 40)]
struct Motto(String);

#[derive(Value, Clone, Copy, Debug)]
#[value(range = 0..=100)]
struct Share(u32);

/// Counts the lamps.
#[get("/count", version = Version::V1.., role = Role::Member)]
async fn count() -> Scalar<u32> {
    Scalar(12)
}

/// Says how many of them are lit.
#[get("/share", version = Version::V1.., role = Role::Member)]
async fn share() -> Result<Scalar<Share>, StoreError> {
    Ok(Scalar(Share::new(75)?))
}

/// Says what stands above the door.
#[get("/motto", version = Version::V1.., role = Role::Member)]
async fn motto() -> Result<Scalar<Motto>, StoreError> {
    Ok(Scalar(Motto::new("Light & <b>more</b> \"light\"".to_owned())?))
}

/// Paints the door, and says what it was.
#[put("/colour", version = Version::V1.., role = Role::Member)]
async fn paint() -> Scalar<Option<Colour>> {
    Scalar(Some(Colour::Blue))
}

/// Takes the paint off, and says what is left.
#[delete("/colour", version = Version::V1.., role = Role::Member)]
async fn strip() -> Scalar<Option<Colour>> {
    Scalar(None)
}

/// Says if the door was opened.
#[post("/door", version = Version::V1.., role = Role::Member, idempotency_key)]
async fn open() -> Scalar<bool> {
    Scalar(true)
}

/// Says how warm it is, which nobody knows.
#[get("/warmth", version = Version::V1.., role = Role::Member)]
async fn warmth() -> Scalar<f64> {
    Scalar(f64::NAN)
}

/// A hall.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(count, share, motto, paint, strip, open, warmth))]
struct Hall;

/// The same, of which each answers.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(count, share, motto, paint, strip))]
struct Sound;

#[tokio::test]
async fn a_scalar_is_json_and_nothing_around_it() {
    let app = Hall::app().tokens(testing::issuer());
    let api = testing::client(app).expect("an app that starts");
    let member = api.as_caller(Role::Member, "alice");
    for (method, path, text) in [
        ("GET", "/v1/count", "12"),
        ("GET", "/v1/share", "75"),
        ("GET", "/v1/motto", r#""Light \u0026 \u003cb\u003emore\u003c/b\u003e \"light\"""#),
        ("PUT", "/v1/colour", r#""deep-blue""#),
        ("DELETE", "/v1/colour", "null"),
    ] {
        let answer = member.request(method, path).await;
        let answer = answer.assert_status(200).assert_header("content-type", "application/json");
        assert_eq!((answer.text(), path), (text, path));
        assert_eq!(answer.header("etag").is_some(), method == "GET", "{path}");
        api.request(method, path).await.assert_status(401);
    }
    let tag = member.get("/v1/count").await.header("etag").expect("a tag").to_owned();
    let known = member.get("/v1/count").header("if-none-match", &tag).await;
    known.assert_status(304);
    // What JSON has no text for is a failure of the server.
    member.get("/v1/warmth").await.assert_status(500);
}

#[test]
fn documents_and_inventory_tell_its_bounds() {
    let model = Hall::API.model();
    let text = openapi_json(&model, "v1").expect("a version");
    let document: Json = serde_json::from_str(&text).expect("a document");
    let schema = |path: &str, verb: &str| {
        let answers = &document["paths"][path][verb]["responses"];
        answers["200"]["content"]["application/json"]["schema"].clone()
    };
    let share = schema("/v1/share", "get");
    assert_eq!((&share["type"], &share["maximum"]), (&json!("integer"), &json!(100)), "{share}");
    let motto = schema("/v1/motto", "get");
    assert_eq!((&motto["minLength"], &motto["maxLength"]), (&json!(1), &json!(40)), "{motto}");
    assert_eq!(schema("/v1/door", "post"), json!({ "type": "boolean" }));
    let colour = schema("/v1/colour", "put").to_string();
    assert!(colour.contains("deep-blue") && colour.contains("null"), "{colour}");
    let listed = secure_api::inventory::routes(&model);
    assert!(listed.contains("a scalar"), "{listed}");
}

#[tokio::test]
async fn verify_holds_it_against_its_schema() {
    let app = Sound::app().tokens(testing::issuer()).clock(testing::at("2026-11-30"));
    let verified = testing::verify(app).await;
    assert!(verified.broken.is_empty(), "{verified}");
    assert!(verified.kept(testing::Check::Views) >= 5, "{verified}");
}
