//! Enums whose fields stand in a member beside the tag: sent, shown, narrowed, documented and attacked.

use reqwest::Method;
use secure_api::{prelude::*, testing};

use crate::support::TestServer;

#[derive(Role, Debug)]
enum Role {
    Guest,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
#[input(tag = "type", content = "data", rename_all_fields = "camelCase")]
enum NewShape {
    Circle {
        #[input(range = 1..=9)]
        how_wide: u8,
        /// The name of the tag, which is free inside of the content.
        #[input(max_len = 9)]
        r#type: Option<String>,
    },
    Point,
}

#[derive(Input)]
struct NewDrawing {
    shape: NewShape,
}

#[derive(Resource)]
#[resource(tag = "type", content = "data", rename_all_fields = "camelCase")]
#[view(ShapeView, role = Role::Guest, variants(Circle { how_wide, #[optional] r#type }, Point))]
enum Shape {
    Circle { how_wide: u8, r#type: Option<String> },
    Point,
}

#[derive(Resource)]
#[view(DrawingView, role = Role::Guest, fields(shape as ShapeView))]
struct Drawing {
    shape: Shape,
}

/// Draws.
#[post("/drawings", version = Version::V1, role = Role::Guest, view = DrawingView)]
async fn draw(Json(drawing): Json<NewDrawing>) -> Performed<Drawing> {
    let shape = match drawing.shape {
        NewShape::Circle { how_wide, r#type } => Shape::Circle { how_wide, r#type },
        NewShape::Point => Shape::Point,
    };
    Performed(Drawing { shape })
}

/// Shows a shape.
#[get("/shape", version = Version::V1, role = Role::Guest, view = ShapeView)]
async fn get_shape() -> Shape {
    Shape::Circle { how_wide: 3, r#type: None }
}

/// Drawings.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(), routes(draw, get_shape))]
struct Drawings;

async fn server() -> TestServer {
    TestServer::of(Drawings::app()).await
}

#[tokio::test]
async fn what_is_sent_beside_the_tag_is_shown_there() {
    let server = server().await;
    let guest = server.token("alice", &["guest"]);
    for body in [
        r#"{"shape":{"type":"circle","data":{"howWide":3}}}"#,
        r#"{"shape":{"type":"circle","data":{"howWide":3,"type":"thin"}}}"#,
        r#"{"shape":{"type":"point"}}"#,
    ] {
        let answer = server.send(Method::POST, Some(&guest), "/v1/drawings", body).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, body));
    }
    for (query, body) in [
        ("", r#"{"type":"circle","data":{"howWide":3}}"#),
        ("?fields=type", r#"{"type":"circle"}"#),
        ("?fields=data", r#"{"type":"circle","data":{"howWide":3}}"#),
    ] {
        assert_eq!(server.get_as(&guest, &format!("/v1/shape{query}")).await.body, body);
    }
    server.get_as(&guest, "/v1/shape?fields=howWide").await.is_problem(400);
}

#[tokio::test]
async fn what_does_not_stand_in_the_content_is_refused() {
    let server = server().await;
    let guest = server.token("alice", &["guest"]);
    for (body, told) in [
        (r#"{"shape":{"type":"circle"}}"#, vec![("/shape/data", "required")]),
        (r#"{"shape":{"type":"circle","data":7}}"#, vec![("/shape/data", "type")]),
        (r#"{"shape":{"type":"circle","data":null}}"#, vec![("/shape/data", "type")]),
        (
            r#"{"shape":{"type":"circle","data":{"howWide":0}}}"#,
            vec![("/shape/data/howWide", "range")],
        ),
        (
            r#"{"shape":{"type":"circle","howWide":3}}"#,
            vec![("/shape/howWide", "unknown"), ("/shape/data", "required")],
        ),
        (
            r#"{"shape":{"more":1,"data":{"howWide":3,"less":1},"type":"circle"}}"#,
            vec![("/shape/more", "unknown"), ("/shape/data/less", "unknown")],
        ),
        (r#"{"shape":{"type":"point","data":{}}}"#, vec![("/shape/data", "unknown")]),
        (r#"{"shape":{"data":{}}}"#, vec![("/shape/type", "required")]),
    ] {
        let answer = server.send(Method::POST, Some(&guest), "/v1/drawings", body).await;
        let problem = answer.is_problem(422);
        let all = problem["errors"].as_array().expect("mistakes");
        let text =
            |one: &serde_json::Value, name: &str| one[name].as_str().unwrap_or("?").to_owned();
        let found: Vec<_> =
            all.iter().map(|one| (text(one, "pointer"), text(one, "code"))).collect();
        let told: Vec<_> =
            told.iter().map(|(one, code)| ((*one).to_owned(), (*code).to_owned())).collect();
        assert_eq!(found, told, "{body}");
    }
}

#[tokio::test]
async fn the_document_has_the_content_in_a_member() {
    let document = server().await.get("/openapi/v1.json").await.json();
    let schemas = &document["components"]["schemas"];
    for (union, circle, inner) in [
        ("NewShape", "NewShapeCircle", "NewShapeCircleContent"),
        ("ShapeView", "ShapeViewCircle", "ShapeViewCircleContent"),
    ] {
        assert_eq!(schemas[union]["discriminator"]["propertyName"], "type");
        let circle = &schemas[circle];
        assert_eq!(circle["required"], serde_json::json!(["type", "data"]));
        assert_eq!(circle["properties"]["data"]["$ref"], format!("#/components/schemas/{inner}"));
        assert_eq!(schemas[inner]["required"], serde_json::json!(["howWide"]));
    }
    assert!(schemas["ShapeViewPoint"]["properties"].get("data").is_none());
}

#[tokio::test]
async fn what_stands_in_the_content_is_attacked_too() {
    let verified = testing::verify(Drawings::app().tokens(testing::issuer())).await;
    for check in [testing::Check::Bounds, testing::Check::Members, testing::Check::Views] {
        assert!(verified.kept(check) > 0, "{check} was not tried\n{verified}");
    }
}
