//! Bytes that have to be a whole file of their media type.

use secure_api::{
    app::AppBuilder,
    error::problem,
    inventory,
    prelude::*,
    testing::{self, Actor, Check, json},
};

use super::{Role, Version};
use crate::support::{article::tested, document::document};

const PICTURES: &[FileKind] = &[FileKind::Png, FileKind::Gif];

/// Replaces the picture.
#[put("/picture", version = Version::V1, role = Role::Keeper, kinds = PICTURES)]
async fn set_picture(picture: RawBody<{ 2 * KIB }>) -> NoContent {
    assert!(
        FileKind::of(picture.bytes()).is_some_and(|kind| kind.media_type() == picture.media_type())
    );
    NoContent
}

/// Replaces the text.
#[put("/text", version = Version::V1, role = Role::Keeper, kinds = [FileKind::PlainText])]
async fn set_text(text: RawBody<100>) -> NoContent {
    assert!(!text.bytes().is_empty());
    NoContent
}

/// Replaces the manual.
#[put("/manual", version = Version::V1, role = Role::Keeper, kinds = [FileKind::Pdf],
      allow(active_content, reason = "manuals are read by our own staff"))]
async fn set_manual(manual: RawBody<100>) -> NoContent {
    assert!(!manual.bytes().is_empty());
    NoContent
}

/// Pictures.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(10_000).per_minute(),
      routes(set_picture, set_text, set_manual))]
struct Gallery;

fn app() -> AppBuilder {
    Gallery::app()
        .tokens(testing::issuer())
        .address_limit(Limit::unlimited("a test has one address"))
}

fn keeper() -> Actor {
    tested(app()).as_caller(Role::Keeper, "kim")
}

const GIF: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF,\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;";

fn png(width: u32) -> Vec<u8> {
    let chunk = |name: &[u8], content: &[u8]| {
        [&(content.len() as u32).to_be_bytes()[..], name, content, &[0; 4]].concat()
    };
    let mut head = [&width.to_be_bytes()[..], &width.to_be_bytes()].concat();
    head.extend([8, 6, 0, 0, 0]);
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &head), &chunk(b"IDAT", b"a"), &chunk(b"IEND", b"")]
        .concat()
}

// R83
#[tokio::test]
async fn bytes_are_a_whole_file_of_their_media_type() {
    let keeper = keeper();
    let send = |media: &str, bytes: &[u8]| keeper.put("/v1/picture").body(media, bytes.to_vec());
    send("image/png", &png(4)).await.assert_status(204);
    send("image/gif", GIF).await.assert_status(204);
    let archived = [&png(4)[..], b"PK\x03\x04\x14\0\0\0"].concat();
    for (media, bytes, rule) in [
        ("image/png", &b"<!DOCTYPE html><script>steal()</script>"[..], "kind"),
        ("image/png", b"tea", "kind"),
        ("image/png", &png(4)[..20], "kind"),
        ("image/png", &archived, "kind"),
        ("image/gif", &png(4), "media-type"),
        ("image/png", GIF, "media-type"),
        ("image/png", &png(100_000), "pixels"),
        ("image/png", b"", "size"),
    ] {
        let refused = send(media, bytes).await;
        let told = refused.assert_problem(&problem::INVALID_INPUT);
        assert_eq!(told.rule_at(""), rule, "{media} {bytes:?}");
        assert!(!refused.text().contains("steal"), "{refused:?}");
    }
    // A kind that is not named, and more than there is room for, as of any bytes.
    let refused = send("image/jpeg", b"\xFF\xD8\xFF\xD9").await;
    assert_eq!(refused.assert_status(415).header("accept"), Some("image/png, image/gif"));
    send("image/png", &[b' '; 2 * KIB + 1]).await.assert_status(413);
}

#[tokio::test]
async fn a_text_and_a_manual_are_files_too() {
    let keeper = keeper();
    let send = |path: &str, media: &str, bytes: &[u8]| keeper.put(path).body(media, bytes.to_vec());
    send("/v1/text", "text/plain; charset=utf-8", b"Tea").await.assert_status(204);
    send("/v1/text", "text/plain", b"<script>").await.assert_status(422);
    send("/v1/text", "text/plain; charset=utf-16", b"Tea").await.assert_status(415);
    send("/v1/manual", "application/pdf", b"%PDF-1.7\n\n%%EOF\n").await.assert_status(204);
    send("/v1/manual", "application/pdf", b"Tea").await.assert_status(422);
}

// R101 R118
#[test]
fn they_are_documented_as_files() {
    let model = Gallery::API.model();
    let put = &document(&model)["paths"]["/v1/picture"]["put"];
    assert_eq!(
        put["requestBody"]["description"],
        "A whole file of its media type, of 1 to 2048 bytes."
    );
    let content = &put["requestBody"]["content"];
    assert_eq!(
        content.as_object().map(|types| types.keys().cloned().collect()),
        Some(vec!["image/gif".to_owned(), "image/png".to_owned()])
    );
    assert!(put["responses"].get("422").is_some(), "{put}");
    let table = inventory::routes(&model);
    assert!(table.contains("takes image/png | image/gif, whole files"), "{table}");
    let hatches = model.hatches();
    assert!(hatches.iter().any(|one| one.rule == "active_content"), "{hatches:?}");
    let read: inventory::ApiModel =
        serde_json::from_value(json!(model)).expect("a model that was written");
    assert_eq!(document(&read), document(&model));
}

/// Replaces the picture by a whole one.
#[put("/picture", version = Version::V1, role = Role::Keeper, kinds = [FileKind::Png])]
async fn set_whole(picture: RawBody<{ 2 * KIB }>) -> NoContent {
    drop(picture);
    NoContent
}

/// Whole pictures.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(10_000).per_minute(), routes(set_whole))]
struct Whole;

/// Replaces the picture by any bytes.
#[put("/picture", version = Version::V1, role = Role::Keeper, accepts("image/png"))]
async fn set_any(picture: RawBody<{ 2 * KIB }>) -> NoContent {
    drop(picture);
    NoContent
}

/// Bytes that are said to be pictures.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(10_000).per_minute(), routes(set_any))]
struct Any;

#[tokio::test]
async fn the_attack_sends_what_is_no_such_file() {
    let verified = testing::verify(app()).await;
    assert_eq!(verified.kept(Check::Media), 3, "{verified}");
    assert!(verified.noticed().is_empty(), "{verified}");
    let verified = async |app: AppBuilder| testing::verify(app.tokens(testing::issuer())).await;
    let [whole, any] = [verified(Whole::app()).await, verified(Any::app()).await];
    // A page, a file of another kind, one with an archive behind it, and no bytes.
    assert_eq!(whole.requests, any.requests + 4, "{whole}");
}
