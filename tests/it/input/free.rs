//! Free JSON: a field, a whole body and an answer, bounded in bytes, depth and members.

use secure_api::{
    app::AppBuilder,
    error::problem,
    input::decode_body,
    prelude::*,
    testing::{self, Check, json},
};
use serde_json::Value;

use super::{pairs, refused};
use crate::support::{article::tested, document::document};

type Settings = FreeJson<40, 3, 5>;

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

/// A widget.
#[derive(Input)]
struct NewWidget {
    /// The looks.
    settings: Settings,
    more: Option<FreeJson<20, 1, 2>>,
}

#[derive(Resource, Clone)]
#[view(WidgetView, role = Role::Member, fields(name, settings))]
struct Widget {
    name: String,
    settings: Settings,
}

/// Shows what was sent.
#[put("/widget", version = Version::V1, role = Role::Member, view = WidgetView)]
async fn put_widget(Json(new): Json<NewWidget>) -> Widget {
    Widget {
        name: new.more.map(|more| more.as_text().to_owned()).unwrap_or_default(),
        settings: new.settings,
    }
}

/// Gives the settings back.
#[put("/settings", version = Version::V1, role = Role::Member)]
async fn put_settings(Json(settings): Json<Settings>) -> Settings {
    settings
}

/// Gives settings of another system.
#[get("/settings", version = Version::V1, role = Role::Member)]
async fn get_settings() -> Result<Settings, StoreError> {
    FreeJson::foreign(json!({ "page": "</script>" })).map_err(StoreError::from)
}

/// Takes several.
#[post("/settings", version = Version::V1, role = Role::Member)]
async fn add_settings(Json(Array(all)): Json<Array<Settings, 2>>) -> Accepted {
    assert!(all.iter().all(|one| one.depth() < 4));
    Accepted
}

/// Widgets.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(1000).per_minute(),
      routes(put_widget, put_settings, get_settings, add_settings))]
struct Desk;

fn app() -> AppBuilder {
    Desk::app().tokens(testing::issuer()).clock(testing::at("2026-11-30"))
}

/// Returns what is kept of a text, or the rule that it breaks.
fn read(text: &str) -> Result<String, &'static str> {
    Settings::foreign(text).map(|free| free.as_text().to_owned()).map_err(|refused| refused.code)
}

// R79 R82: each of the three bounds, to the unit; what is read is kept as it was sent, without white space.
#[test]
fn free_json_has_three_bounds() {
    let long = format!("\"{}\"", "a".repeat(38));
    for (text, kept) in [
        (" null ", Ok("null")),
        ("true", Ok("true")),
        ("[ ]", Ok("[]")),
        ("{ \"a\" : [ 1 , { } ] }", Ok("{\"a\":[1,{}]}")),
        // Numbers are the digits that were sent.
        ("[12345678901234567890123, 1e307, -0.10]", Ok("[12345678901234567890123,1e307,-0.10]")),
        ("[0e400, 1e-400, 0.001e310]", Ok("[0e400,1e-400,0.001e310]")),
        ("{\"a\":1e308}", Err("range")),
        ("[-1e400]", Err("range")),
        ("[10e400000000000000000000]", Err("range")),
        ("\"\\u0041\\n\\/ \\\\ \\\"\"", Ok("\"A\\n/ \\\\ \\\"\"")),
        (&long, Ok(&*long)),
        (&format!("\"{}\"", "a".repeat(39)), Err("length")),
        (&format!("[{}]", "é".repeat(2).replace("é", "\"ééééééééé\",") + "0"), Err("length")),
        ("[[[]]]", Ok("[[[]]]")),
        ("[[{\"a\":0}]]", Ok("[[{\"a\":0}]]")),
        ("[[[[]]]]", Err("depth")),
        ("[[{\"a\":{}}]]", Err("depth")),
        ("[1,2,3,4,5]", Ok("[1,2,3,4,5]")),
        ("{\"a\":1,\"b\":[2,3],\"c\":4}", Ok("{\"a\":1,\"b\":[2,3],\"c\":4}")),
        ("[1,2,3,4,5,6]", Err("items")),
        ("{\"a\":1,\"b\":[2,3],\"c\":[4]}", Err("items")),
        ("{\"a\":1,\"a\":2}", Err("duplicate")),
        ("[1", Err("syntax")),
        ("\"\\u0000\"", Err("characters")),
        ("\"\u{202e}\"", Err("characters")),
        ("{\"a\\tb\":1}", Err("characters")),
    ] {
        assert_eq!(read(text), kept.map(str::to_owned), "{text}");
    }
}

// R81
#[test]
fn a_mistake_is_told_at_its_field_and_repeats_nothing() {
    let body = r#"{"settings": [[[["secret"]]]], "more": "\u0007"}"#;
    let told = pairs(&[("/settings", "depth"), ("/more", "characters")]);
    assert_eq!(refused::<NewWidget>(body), (422, told));
    let read =
        decode_body::<NewWidget>(br#"{"settings": null}"#).unwrap_or_else(|_| panic!("read"));
    assert_eq!((read.settings.as_text(), read.more), ("null", None));
}

#[test]
fn parts_are_looked_up_by_pointer() {
    let free = Settings::foreign(r#"{"a": {"b/c": [7, null]}}"#).expect("within bounds");
    assert_eq!(free.get("/a/b~1c/0"), Some(json!(7)));
    assert_eq!(
        (free.get("/a/b~1c/1"), free.get("/a/b~1c/2"), free.get("/x")),
        (Some(Value::Null), None, None)
    );
    assert_eq!(free.to_value(), json!({ "a": { "b/c": [7, null] } }));
    assert_eq!(format!("{free:?}"), "FreeJson(22 bytes)");
    // The largest number hides nothing beside it.
    let free = Settings::foreign(r#"{"a":true,"b":9.99e307}"#).expect("within bounds");
    assert_eq!((free.get("/a"), free.get("/b")), (Some(json!(true)), Some(json!(9.99e307))));
}

// R87
#[tokio::test]
async fn it_leaves_as_it_came_and_no_browser_reads_it_as_markup() {
    let client = tested(app());
    let member = client.as_caller(Role::Member, "alice");
    let answer = member.put("/v1/settings").json(json!({ "a": "<b>&" })).await;
    assert_eq!(answer.assert_status(200).text(), r#"{"a":"\u003cb\u003e\u0026"}"#);
    let body = json!({ "settings": [1, { "x": "</p>" }], "more": [true] });
    let answer = member.put("/v1/widget").json(body).await;
    let text = r#"{"name":"[true]","settings":[1,{"x":"\u003c/p\u003e"}]}"#;
    assert_eq!(answer.assert_status(200).text(), text);
    let answer = member.get("/v1/settings").await;
    assert_eq!(answer.assert_status(200).text(), r#"{"page":"\u003c/script\u003e"}"#);
    let tag = answer.header("etag").expect("a tag").to_owned();
    member.get("/v1/settings").header("if-none-match", tag).await.assert_status(304);
    for (body, code) in [
        ("[[[[]]]]", "depth"),
        ("[1,2,3,4,5,6]", "items"),
        ("\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"", "length"),
    ] {
        let answer = member.put("/v1/settings").body("application/json", body).await;
        assert_eq!(answer.assert_problem(&problem::INVALID_INPUT).rule_at(""), code);
        let answer =
            member.post("/v1/settings").body("application/json", format!("[0,{body}]")).await;
        assert_eq!(answer.assert_problem(&problem::INVALID_INPUT).rule_at("/1"), code);
    }
}

// R101
#[test]
fn it_is_documented_with_its_bounds() {
    let document = document(&Desk::API.model());
    let bounds = "Any JSON: at most 40 bytes without white space between values, 3 levels of lists and objects, and 5 items and \
                  members at all levels together.";
    let schema = |description: &str| {
        json!({ "description": description, "maxLength": 40, "maxItems": 5, "maxProperties": 5, "x-max-bytes": 40,
                "x-max-depth": 3, "x-max-members": 5 })
    };
    let at = |pointer: &str| document.pointer(pointer).cloned().unwrap_or_default();
    let content = "content/application~1json/schema";
    assert_eq!(at(&format!("/paths/~1v1~1settings/put/requestBody/{content}")), schema(bounds));
    assert_eq!(at(&format!("/paths/~1v1~1settings/get/responses/200/{content}")), schema(bounds));
    let field = at("/components/schemas/NewWidget/properties/settings");
    assert_eq!(field, schema(&format!("The looks.\n\n{bounds}")));
    // It admits null already, so nothing more is said.
    let more = at("/components/schemas/NewWidget/properties/more");
    assert_eq!((&more["maxLength"], more.get("type"), more.get("oneOf")), (&json!(20), None, None));
}

#[tokio::test]
async fn the_attack_crosses_each_of_the_three() {
    let verified = testing::verify(app()).await;
    assert_eq!(verified.kept(Check::Bounds), 3, "{verified}");
    assert_eq!(verified.kept(Check::Views), 4, "{verified}");
}
