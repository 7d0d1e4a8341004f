//! Bare lists: whole bodies and whole answers, each within the bounds of its type.

use secure_api::prelude::*;
use secure_api::{
    app::AppBuilder,
    docs::openapi_json,
    error::problem,
    inventory,
    testing::{self, Check, json},
};
use serde_json::Value;

#[derive(Role)]
enum Role {
    Clerk,
}

#[derive(Version)]
enum Version {
    V1,
}

/// A thing that is counted.
#[derive(Input)]
struct NewItem {
    #[input(range = 1..=9)]
    qty: u8,
}

#[derive(Value)]
#[value(min_len = 1, max_len = 5)]
struct Tag(String);

#[derive(Input)]
struct Order {
    items: Array<NewItem, 2, 1>,
    #[input(items = 0..=9, each(max_len = 3))]
    notes: Array<String, 2>,
}

#[derive(Resource, Clone)]
#[view(LineView, role = Role::Clerk, fields(number, tags, #[max_items(1)] marks))]
struct Line {
    number: u32,
    tags: Array<u32, 2>,
    marks: Array<u32, 9>,
}

/// Adds items.
#[post("/items", version = Version::V1, role = Role::Clerk)]
async fn add_items(Json(Array(items)): Json<Array<NewItem, 3, 1>>) -> Accepted {
    assert!(items.iter().all(|item| item.qty < 10));
    Accepted
}

/// Sets tags.
#[put("/tags", version = Version::V1, role = Role::Clerk)]
async fn set_tags(Json(Array(tags)): Json<Array<Tag, 2>>) -> NoContent {
    assert!(tags.iter().all(|tag| tag.as_str().len() < 6));
    NoContent
}

/// Orders.
#[post("/orders", version = Version::V1, role = Role::Clerk)]
async fn order(Json(order): Json<Order>) -> Accepted {
    assert!(order.items.0[0].qty < 10 && order.notes.0.len() < 3);
    Accepted
}

/// The numbers of lines, and of tags and marks of each.
#[derive(Input)]
struct Wanted {
    #[input(range = 0..=9)]
    lines: Option<u32>,
    #[input(range = 0..=9)]
    tags: Option<u32>,
    #[input(range = 0..=9)]
    marks: Option<u32>,
}

/// Lists lines.
#[get("/lines", version = Version::V1, role = Role::Clerk, view = LineView)]
async fn list_lines(Query(wanted): Query<Wanted>) -> Array<Line, 4> {
    let line = |number| Line {
        number,
        tags: (0..wanted.tags.unwrap_or(0)).collect(),
        marks: (0..wanted.marks.unwrap_or(0)).collect(),
    };
    (0..wanted.lines.unwrap_or(2)).map(line).collect()
}

/// A stock.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(1000).per_minute(),
      routes(add_items, set_tags, order, list_lines))]
struct Stock;

fn app() -> AppBuilder {
    Stock::app().tokens(testing::issuer()).clock(testing::at("2026-11-30"))
}

// R79
#[tokio::test]
async fn a_list_is_a_whole_body_within_its_bounds() {
    let client = testing::client(app()).expect("an app that starts");
    let clerk = client.as_caller(Role::Clerk, "alice");
    let item = json!({ "qty": 1 });
    for (body, status) in [
        (json!([item]), 202),
        (json!([item, item, item]), 202),
        (json!([]), 422),
        (json!([item, item, item, item]), 422),
        (json!({}), 422),
        (json!(null), 422),
        (item.clone(), 422),
    ] {
        clerk.post("/v1/items").json(&body).await.assert_status(status);
    }
    let answer = clerk.post("/v1/items").json(json!([item, { "qty": 10, "of": 1 }])).await;
    let told = answer.assert_problem(&problem::INVALID_INPUT);
    assert_eq!((told.rule_at("/1/qty"), told.rule_at("/1/of")), ("range", "unknown"));
    for (body, status) in [
        (json!([]), 204),
        (json!(["a", "b"]), 204),
        (json!(["a", "b", "c"]), 422),
        (json!(["abcdef"]), 422),
    ] {
        clerk.put("/v1/tags").json(&body).await.assert_status(status);
    }
}

// A field may narrow the bounds of its type, and widens them by nothing.
#[tokio::test]
async fn a_field_that_is_an_array_has_both_bounds() {
    let client = testing::client(app()).expect("an app that starts");
    let clerk = client.as_caller(Role::Clerk, "alice");
    let item = json!({ "qty": 1 });
    for (items, notes, status) in [
        (json!([item]), json!([]), 202),
        (json!([item, item]), json!(["abc", "d"]), 202),
        (json!([]), json!([]), 422),
        (json!([item, item, item]), json!([]), 422),
        (json!([item]), json!(["a", "b", "c"]), 422),
        (json!([item]), json!(["abcd"]), 422),
    ] {
        let body = json!({ "items": items, "notes": notes });
        clerk.post("/v1/orders").json(&body).await.assert_status(status);
    }
}

// R79 R90
#[tokio::test]
async fn an_answer_that_is_a_list_is_never_longer_than_its_type() {
    let client = testing::client(app()).expect("an app that starts");
    let clerk = client.as_caller(Role::Clerk, "alice");
    let answer = clerk.get("/v1/lines").await;
    let lines: Value = answer.assert_status(200).json();
    let line = |number| json!({ "number": number, "tags": [], "marks": [] });
    assert_eq!(lines, json!([line(0), line(1)]));
    let tag = answer.header("etag").expect("a tag").to_owned();
    clerk.get("/v1/lines").header("if-none-match", tag).await.assert_status(304);
    let some: Value = clerk.get("/v1/lines?fields=number").await.assert_status(200).json();
    assert_eq!(some, json!([{ "number": 0 }, { "number": 1 }]));
    for (query, status) in [
        ("lines=0", 200),
        ("lines=4", 200),
        ("lines=5", 500),
        ("tags=2", 200),
        ("tags=3", 500),
        ("marks=1", 200),
        ("marks=2", 500),
    ] {
        clerk.get(&format!("/v1/lines?{query}")).await.assert_status(status);
    }
}

// R101 R118
#[test]
fn a_list_is_documented_with_its_bounds() {
    let model = Stock::API.model();
    let text = openapi_json(&model, "v1").expect("v1 is a version");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    let schema = |pointer: &str| document.pointer(pointer).cloned().unwrap_or_default();
    assert_eq!(
        schema("/paths/~1v1~1items/post/requestBody/content/application~1json/schema"),
        json!({ "type": "array", "items": { "$ref": "#/components/schemas/NewItem" }, "minItems": 1, "maxItems": 3 })
    );
    let answer = schema("/paths/~1v1~1lines/get/responses/200/content/application~1json/schema");
    assert_eq!((&answer["type"], &answer["maxItems"]), (&json!("array"), &json!(4)), "{answer}");
    let fields = schema("/components/schemas/LineView/properties");
    assert_eq!((&fields["tags"]["maxItems"], &fields["marks"]["maxItems"]), (&json!(2), &json!(1)));
    let table = inventory::routes(&model);
    assert!(table.contains("array of at most 4 of LineView"), "{table}");
}

#[tokio::test]
async fn the_attack_crosses_the_bounds_of_a_list() {
    let verified = testing::verify(app()).await;
    assert_eq!(verified.kept(Check::Bounds), 3, "{verified}");
    assert_eq!((verified.kept(Check::Members), verified.kept(Check::Views)), (3, 4), "{verified}");
}
