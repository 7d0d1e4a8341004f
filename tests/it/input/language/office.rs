//! Patches and forms, by their media types, and as documents tell of them.

use super::{tagged::dispatch, *};

/// Sends things.
#[api(roles = Role, versions = Version, limit = Limit::per_address(1000).per_minute(),
      routes(change_board, send_letter, dispatch))]
struct Documented;

#[test]
fn documents_say_how_a_body_is_written() {
    let app = Documented::app().build().expect("an app");
    let text = secure_api::docs::openapi_json(app.model(), "v1").expect("a document");
    let document: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let content = |path: &str, verb: &str| {
        let content = document["paths"][path][verb]["requestBody"]["content"].as_object().cloned();
        content.unwrap_or_default().keys().cloned().collect::<Vec<_>>()
    };
    let paths: Vec<_> = document["paths"].as_object().expect("paths").keys().cloned().collect();
    let at = |end: &str| paths.iter().find(|path| path.ends_with(end)).expect("a path").clone();
    assert_eq!(
        content(&at("/board"), "patch"),
        ["application/json", "application/merge-patch+json"]
    );
    assert_eq!(content(&at("/letters"), "post"), ["application/x-www-form-urlencoded"]);
    assert_eq!(content(&at("/dispatches"), "post"), ["application/json"]);
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["BoardChange"]["properties"]["title"]["type"], "string");
    let item = &schemas["Dispatch"]["properties"]["deliveries"]["items"]["$ref"];
    assert_eq!(item, "#/components/schemas/Delivery");
    let one_of = &schemas["Delivery"]["oneOf"];
    assert_eq!(one_of.as_array().map(Vec::len), Some(2), "{one_of}");
    let discriminator = &schemas["Delivery"]["discriminator"];
    assert_eq!(discriminator["propertyName"], "kind");
    assert_eq!(discriminator["mapping"]["by-post"], "#/components/schemas/DeliveryParcel");
    let parcel = &schemas["DeliveryParcel"];
    assert_eq!(parcel["properties"]["kind"]["const"], "by-post");
    assert_eq!(parcel["required"], serde_json::json!(["kind", "street"]));
}

#[derive(Resource)]
#[view(BoardView, public, fields(title, note))]
struct Board {
    title: String,
    note: Option<String>,
}

#[derive(Input)]
struct BoardChange {
    #[input(max_len = 20)]
    title: Option<String>,
    note: Patched<PlainText<20>>,
}

/// Changes the board.
#[patch("/board", version = Version::V1, public = "tests call it themselves", view = BoardView)]
async fn change_board(Patch(change): Patch<BoardChange>) -> Board {
    let mut note: Option<PlainText<20>> = "old".parse().ok();
    change.note.apply(&mut note);
    Board { title: change.title.unwrap_or_else(|| "old".to_owned()), note: note.map(String::from) }
}

/// Takes a letter.
#[post("/letters", version = Version::V1, public = "tests call it themselves")]
async fn send_letter(Form(letter): Form<Letter>) -> Accepted {
    assert!(letter.copies > 0);
    Accepted
}

/// Boards and letters.
#[api(roles = Role, versions = Version, limit = Limit::per_address(1000).per_minute(),
      routes(change_board, send_letter))]
struct Office;

/// A page of another origin that may read answers.
const PAGE: &str = "https://app.example";

/// Status, headers and body of an answer.
async fn ask(
    router: &axum::Router,
    method: &str,
    path: &str,
    media: &str,
    body: &'static str,
) -> (u16, axum::http::HeaderMap, String) {
    use http_body_util::BodyExt;
    use tower::ServiceExt;
    let request = axum::http::Request::builder()
        .method(method)
        .uri(path)
        .header("host", "localhost")
        .header("content-type", media)
        .header("content-length", body.len())
        .header("origin", PAGE)
        .body(axum::body::Body::from(body))
        .expect("a request");
    let response = router.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    (parts.status.as_u16(), parts.headers, String::from_utf8_lossy(&body).into_owned())
}

// R83 R76 R87
#[tokio::test]
async fn patches_and_forms_are_read_by_their_media_types() {
    let router = Office::app().cors([PAGE]).build().expect("an app").router();
    let patch = async |media, body| ask(&router, "PATCH", "/v1/board", media, body).await;
    for media in [
        "application/merge-patch+json",
        "application/json",
        "application/merge-patch+json; charset=utf-8",
    ] {
        let (status, _, body) = patch(media, r#"{"note": null}"#).await;
        assert_eq!((status, body.as_str()), (200, r#"{"title":"old","note":null}"#), "{media}");
    }
    let (_, _, body) = patch("application/merge-patch+json", r#"{"note": "a & b < c"}"#).await;
    assert_eq!(body, r#"{"title":"old","note":"a \u0026 b \u003c c"}"#);
    let (status, headers, _) = patch("application/json-patch+json", "[]").await;
    assert_eq!((status, &headers["accept-patch"]), (415, &headers["accept"]));
    let exposed = headers["access-control-expose-headers"].to_str().expect("text");
    for name in ["accept", "accept-patch"] {
        assert!(exposed.split(", ").any(|exposed| exposed == name), "{name}: {exposed}");
    }
    assert_eq!(headers["accept"], "application/merge-patch+json, application/json");
    let (status, _, body) = patch("application/merge-patch+json", r#"{"title": null}"#).await;
    assert!(status == 422 && body.contains(r#""pointer":"/title""#), "{body}");

    let form = async |media, body| ask(&router, "POST", "/v1/letters", media, body).await;
    assert_eq!(form("application/x-www-form-urlencoded", "text=a&copies=1").await.0, 202);
    assert_eq!(form("application/x-www-form-urlencoded", "text=a&copies=0").await.0, 422);
    let (status, headers, _) = form("application/json", "{}").await;
    assert_eq!(
        (status, headers["accept"].to_str().ok()),
        (415, Some("application/x-www-form-urlencoded"))
    );
    assert!(!headers.contains_key("accept-patch"));
    assert!(check_content_type(&axum::http::HeaderMap::new(), Media::Form).is_err());
}
