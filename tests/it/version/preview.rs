//! Previews: versions that are served only where the app enables them.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use secure_api::{
    app::AppBuilder,
    docs::{Docs, openapi_json},
    inventory,
    prelude::*,
};
use serde_json::Value as Json;
use tower::ServiceExt;

use crate::support::model;

#[derive(Role)]
enum Role {
    Reader,
}

#[derive(Version)]
enum Version {
    V1,
    #[version(preview)]
    V2,
    #[version(preview)]
    V3,
}

const OFTEN: Limit = Limit::per_address(600).per_minute();

#[derive(Value, Clone, Copy)]
#[value(range = 1..=9, unowned = "notes are on a public board")]
struct NoteId(u8);

#[derive(Resource)]
#[view(NoteLine, public, fields(id))]
struct Note {
    id: NoteId,
}

#[routes(prefix = "/notes", version = Version::V1.., public = "the board is for everybody")]
mod notes {
    use super::*;

    #[get("/{id}", view = NoteLine)]
    pub(super) async fn show(Unowned(id): Unowned<NoteId>) -> Note {
        Note { id }
    }

    #[post("/", version = Version::V1, view = NoteLine)]
    async fn pin() -> Created<Note> {
        Created::at::<show>(NoteId(1), Note { id: NoteId(1) })
    }

    #[delete("/", version = Version::V3, role = Role::Reader)]
    async fn clear() -> NoContent {
        NoContent
    }
}

#[api(roles = Role, versions = Version, limit = OFTEN, routes(notes))]
struct Board;

fn app(change: impl FnOnce(AppBuilder) -> AppBuilder) -> Router {
    let app =
        Board::app().tokens(crate::support::token::issuer()).docs(Docs::open("tests read them"));
    change(app).build().expect("an app").router()
}

async fn ask(app: &Router, method: &str, path: &str) -> (StatusCode, String, Json) {
    let request = Request::builder().method(method).uri(path).body(Body::empty());
    let answer = app.clone().oneshot(request.expect("a request")).await.expect("an answer");
    let (status, location) = (answer.status(), answer.headers().get("location").cloned());
    let body = to_bytes(answer.into_body(), 1 << 20).await.expect("a body");
    let location = location.map(|value| value.to_str().expect("a path").to_owned());
    (status, location.unwrap_or_default(), serde_json::from_slice(&body).unwrap_or_default())
}

// R96: a version that is no promise is not served by default.
#[tokio::test]
async fn a_preview_is_served_where_it_is_enabled() {
    let (none, second, all) =
        (app(|app| app), app(|app| app.preview(Version::V2)), app(AppBuilder::previews));
    for (path, expected) in [
        ("/v1/notes/1", [200, 200, 200]),
        ("/v2/notes/1", [404, 200, 200]),
        ("/v3/notes/1", [404, 404, 200]),
    ] {
        for (app, status) in [&none, &second, &all].into_iter().zip(expected) {
            assert_eq!(ask(app, "GET", path).await.0, status, "{path}");
        }
    }
    assert_eq!(ask(&second, "DELETE", "/v3/notes").await.0, 404);
    assert_eq!(ask(&all, "DELETE", "/v3/notes").await.0, 401);
}

#[tokio::test]
async fn a_preview_has_a_document_where_it_is_served_and_is_marked() {
    let (none, second) = (app(|app| app), app(|app| app.preview(Version::V2)));
    assert_eq!(ask(&none, "GET", "/openapi/v2.json").await.0, 404);
    let (status, _, document) = ask(&second, "GET", "/openapi/v2.json").await;
    assert_eq!(status, 200);
    assert_eq!(document["info"]["title"], "Board (preview)");
    assert_eq!(document["info"]["x-preview"], true);
    let released = ask(&second, "GET", "/openapi/v1.json").await.2;
    assert_eq!(released["info"]["title"], "Board");
    assert!(released["info"].get("x-preview").is_none());
    let versions = &released["paths"]["/v1/notes/{id}"]["get"]["x-versions"];
    assert_eq!(
        *versions,
        serde_json::json!(["v1"]),
        "a released document is silent about previews"
    );
    // What tools ask for is there, served or not.
    assert!(
        openapi_json(&Board::API.model(), "v3").expect("a document").contains("Board (preview)")
    );
    assert!(inventory::routes(&Board::API.model()).contains("v2 (preview)"));
}

#[tokio::test]
async fn a_released_version_leads_to_released_ones() {
    let (status, location, _) = ask(&app(AppBuilder::previews), "POST", "/v1/notes").await;
    assert_eq!((status.as_u16(), location.as_str()), (201, "/v1/notes/1"));
}

#[test]
fn what_is_enabled_is_a_preview_of_the_api() {
    let builds = [
        Board::app().preview(Version::V1).build(),
        Board::app().preview(model::Version::V1).build(),
    ];
    for app in builds {
        let error = app.expect_err("no preview").to_string();
        assert!(error.contains("SA624: `V1` is not a preview of Board"), "{error}");
    }
}
