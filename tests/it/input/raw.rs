//! Bodies without fields that are held in memory: bytes of stated media types, and text.

use secure_api::{
    app::AppBuilder,
    docs::openapi_json,
    inventory,
    prelude::*,
    testing::{self, Actor, Check, json},
};
use serde_json::Value;

mod kinds;

#[derive(Role)]
enum Role {
    Keeper,
}

#[derive(Version)]
enum Version {
    V1,
}

/// A body that came.
#[derive(Resource)]
#[view(CameView, role = Role::Keeper, fields(kind, count, text))]
struct Came {
    kind: String,
    count: u32,
    text: String,
}

/// Replaces the picture.
#[put("/picture", version = Version::V1, role = Role::Keeper, view = CameView, accepts("image/png", "application/x-foo"))]
async fn set_picture(picture: RawBody<20>) -> Came {
    assert!(!format!("{picture:?}").contains("steal"));
    let (kind, count) = (picture.media_type().to_owned(), picture.bytes().len() as u32);
    let text = String::from_utf8_lossy(&picture.into_bytes()).into_owned();
    Came { kind, count, text }
}

/// Changes the picture, by a form of patches that is its own.
#[patch("/picture", version = Version::V1, role = Role::Keeper, accepts("application/x-delta"))]
async fn change_picture(delta: RawBody<9>) -> NoContent {
    assert_eq!(delta.media_type(), "application/x-delta");
    NoContent
}

/// Adds a note.
#[post("/notes", version = Version::V1, role = Role::Keeper, view = CameView, idempotency_key)]
async fn add_note(TextBody(text): TextBody<12>) -> Performed<Came> {
    Performed(Came { kind: String::new(), count: text.len() as u32, text })
}

/// Asks for a note by its words.
#[query("/notes", version = Version::V1, role = Role::Keeper, view = CameView)]
async fn find_note(TextBody(text): TextBody<12>) -> Came {
    Came { kind: String::new(), count: text.len() as u32, text }
}

/// Notes.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(10_000).per_minute(),
      routes(set_picture, change_picture, add_note, find_note))]
struct Notes;

fn app() -> AppBuilder {
    Notes::app().tokens(testing::issuer()).address_limit(Limit::unlimited("a test has one address"))
}

fn keeper() -> Actor {
    testing::client(app()).expect("an app that starts").as_caller(Role::Keeper, "kim")
}

fn key() -> String {
    format!("\"{}\"", Uuid::new_v4())
}

// R83
#[tokio::test]
async fn bytes_are_of_a_media_type_that_the_route_states() {
    let keeper = keeper();
    for (sent, kind) in [
        ("image/png", "image/png"),
        ("Image/PNG", "image/png"),
        ("application/x-foo; charset=utf-8", "application/x-foo"),
    ] {
        let came = keeper.put("/v1/picture").body(sent, "tea").await;
        let came: Value = came.assert_status(200).json();
        assert_eq!(came, json!({ "kind": kind, "count": 3, "text": "tea" }), "{sent}");
    }
    for sent in ["image/jpeg", "image/*", "text/plain", "application/json", "image/png; q=1", ""] {
        let refused = keeper.put("/v1/picture").body(sent, "tea").await;
        refused.assert_status(415);
        assert_eq!(refused.header("accept"), Some("image/png, application/x-foo"), "{sent}");
        assert_eq!(refused.header("accept-patch"), None);
    }
    let twice = keeper.put("/v1/picture").body("image/png", "tea");
    twice.header("content-type", "application/x-foo").await.assert_status(415);
    let coded = keeper.put("/v1/picture").body("image/png", "tea");
    coded.header("content-encoding", "gzip").await.assert_status(415);
    // A patch says so in its own field (RFC 5789, section 3.1).
    let refused = keeper.patch("/v1/picture").body("image/png", "tea").await;
    refused.assert_status(415);
    assert_eq!(refused.header("accept-patch"), Some("application/x-delta"));
    keeper.patch("/v1/picture").body("application/x-delta", "tea").await.assert_status(204);
}

// R83
#[tokio::test]
async fn bytes_are_as_many_as_their_type_says_and_any() {
    let keeper = keeper();
    let send = |bytes: Vec<u8>| keeper.put("/v1/picture").body("image/png", bytes);
    for (bytes, status) in [
        (vec![0xff; 20], 200),
        (vec![0; 0], 200),
        (vec![b' '; 21], 413),
        (vec![b' '; 100_000], 413),
    ] {
        let count = bytes.len();
        let answer = send(bytes).await;
        answer.assert_status(status);
        if status == 200 {
            assert_eq!(answer.json_pointer("/count"), count);
        }
    }
}

// R83
#[tokio::test]
async fn text_is_in_utf_8_and_cleaned() {
    let keeper = keeper();
    let send = |kind: &str, text: &[u8]| {
        keeper.post("/v1/notes").header("idempotency-key", key()).body(kind, text.to_vec())
    };
    for (sent, read) in [
        ("Tea", "Tea"),
        (" Tea \r\n", "Tea"),
        ("a\tb\r\nc\rd", "a\tb\nc\nd"),
        ("Gro\u{308}ße", "Größe"),
        ("", ""),
        ("\u{200b}", ""),
    ] {
        let came = send("text/plain; charset=UTF-8", sent.as_bytes()).await;
        assert_eq!(came.assert_status(200).text_at("/text"), read, "{sent:?}");
    }
    send("text/plain", b"Tea").await.assert_status(200);
    for kind in ["text/plain; charset=iso-8859-1", "text/plain; format=flowed", "text/html"] {
        let refused = send(kind, b"Tea").await;
        assert_eq!(refused.assert_status(415).header("accept"), Some("text/plain"), "{kind}");
    }
    for (text, status, rule) in [
        (&b"T\xff"[..], 400, "encoding"),
        (b"\xed\xa0\x80", 400, "encoding"),
        (b"a\0", 422, "characters"),
        (b"a\x1b[2J", 422, "characters"),
        (b"a\xc2\x85", 422, "characters"),
        // Four bytes in each of three characters, which the form NFC has more of.
        ("\u{1d15e}\u{1d15e}\u{1d15e}".as_bytes(), 422, "length"),
    ] {
        let refused = send("text/plain", text).await.assert_status(status).problem();
        assert_eq!(refused.rule_at(""), rule, "{text:?}");
    }
    send("text/plain", &[b'a'; 13]).await.assert_status(413);
    let found = keeper.query("/v1/notes").body("text/plain", "Tea").await;
    assert_eq!(found.assert_status(200).text_at("/text"), "Tea");
    keeper.query("/v1/notes").await.assert_status(415);
}

// R116
#[tokio::test]
async fn a_key_is_for_one_text() {
    let keeper = keeper();
    let key = key();
    let send = |text: &str| {
        keeper.post("/v1/notes").header("idempotency-key", &key).body("text/plain", text.to_owned())
    };
    send("Tea").await.assert_status(200);
    send("Tea").await.assert_status(200);
    send("Tee").await.assert_status(422);
}

// R101 R118
#[test]
fn they_are_documented_with_their_media_types_and_bounds() {
    let model = Notes::API.model();
    let text = openapi_json(&model, "v1").expect("v1 is a version");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    let operation = |path: &str| document.pointer(path).cloned().unwrap_or_default();
    let put = operation("/paths/~1v1~1picture/put");
    let bytes = |media: &str| {
        json!({ "schema": {
            "type": "string", "format": "binary", "contentMediaType": media, "maxLength": 20,
        } })
    };
    let body = json!({
        "description": "At most 20 bytes.",
        "required": true,
        "content": { "image/png": bytes("image/png"), "application/x-foo": bytes("application/x-foo") },
    });
    assert_eq!((&put["requestBody"], &put["x-body-limit"]), (&body, &json!(20)));
    assert!(
        put["responses"].get("415").is_some() && put["responses"].get("422").is_none(),
        "{put}"
    );
    let post = operation("/paths/~1v1~1notes/post");
    assert_eq!(post["requestBody"]["description"], "Text in UTF-8, of at most 12 bytes.");
    assert_eq!(post["requestBody"]["content"]["text/plain"]["schema"]["maxLength"], 12);
    // A key that another text had is refused with 422 as well.
    let place = post["responses"]["422"]["$ref"].as_str().and_then(|place| place.strip_prefix('#'));
    let refused = operation(place.expect("a response of the document"));
    assert!(refused.to_string().contains("invalid-input"), "{post}: {refused}");
    let table = inventory::routes(&model);
    assert!(table.contains("takes image/png | application/x-foo"), "{table}");
    // A model is the same after it was written and read.
    let read: inventory::ApiModel =
        serde_json::from_value(json!(model)).expect("a model that was written");
    assert_eq!(openapi_json(&read, "v1").as_deref(), Some(&*text));
}

#[tokio::test]
async fn the_attack_sends_what_they_refuse() {
    let verified = testing::verify(app().secret(SecretBytes::random())).await;
    let untested = verified.to_string();
    assert!(verified.kept(Check::Media) >= 4, "{verified}");
    assert!(!untested.contains("its body is read by an extractor"), "{verified}");
    assert_eq!(verified.kept(Check::Queries), 4, "{verified}");
}
