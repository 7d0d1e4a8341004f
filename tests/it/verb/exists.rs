//! A question if something is there: 204 or 404, and the conditions of what answers so.

use secure_api::{docs::openapi_json, prelude::*, testing};
use serde_json::Value as Json;

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Value, Debug, Clone)]
#[value(text, max_len = 20, unowned = "anybody may ask for a tool")]
struct Tool(String);

/// Tells if a tool is in the house.
#[get("/tools/{tool}", version = Version::V1.., role = Role::Member)]
async fn has_tool(Unowned(tool): Unowned<Tool>) -> Exists {
    Exists(tool.as_str() == "saw")
}

/// Brings a tool.
#[put("/tools/{tool}", version = Version::V1.., role = Role::Member)]
async fn bring_tool(_tool: Unowned<Tool>) -> NoContent {
    NoContent
}

/// A house.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(), routes(has_tool, bring_tool))]
struct House;

// R111 R112
#[tokio::test]
async fn it_is_there_or_it_is_not() {
    let app = House::app().tokens(testing::issuer());
    let api = testing::client(app).expect("an app that starts");
    let member = api.as_caller(Role::Member, "alice");
    for method in ["GET", "HEAD"] {
        let there = member.request(method, "/v1/tools/saw").await;
        assert_eq!(there.assert_status(204).text(), "", "{method}");
        assert!(there.header("etag").is_some() && there.header("content-type").is_none());
        member.request(method, "/v1/tools/axe").await.assert_status(404);
        api.request(method, "/v1/tools/saw").await.assert_status(401);
    }
    let put = |tool: &str, name: &'static str, value: &str| {
        member.request("PUT", &format!("/v1/tools/{tool}")).header(name, value)
    };
    // A condition of a change is asked of it.
    put("saw", "if-none-match", "*").await.assert_status(412);
    put("axe", "if-none-match", "*").await.assert_status(204);
    put("saw", "if-match", "*").await.assert_status(204);
    put("axe", "if-match", "*").await.assert_status(412);
    let known = member.get("/v1/tools/saw").header("if-none-match", "*").await;
    known.assert_status(304);
    member.get("/v1/tools/saw").header("if-match", "\"other\"").await.assert_status(412);
}

#[tokio::test]
async fn documents_have_both_answers_and_verify_asks_for_them() {
    let model = House::API.model();
    let text = openapi_json(&model, "v1").expect("a version");
    let document: Json = serde_json::from_str(&text).expect("a document");
    let answers = &document["paths"]["/v1/tools/{tool}"]["get"]["responses"];
    assert_eq!(answers["204"]["description"], "It is there.", "{answers}");
    assert!(answers["204"]["headers"]["ETag"].is_object(), "{answers}");
    for status in ["304", "404", "412"] {
        assert!(answers[status].is_object(), "{status}: {answers}");
    }
    assert!(answers["204"]["content"].is_null() && answers["200"].is_null(), "{answers}");
    let app = House::app().tokens(testing::issuer()).clock(testing::at("2026-11-30"));
    let verified = testing::verify(app).await;
    assert!(verified.broken.is_empty(), "{verified}");
}
