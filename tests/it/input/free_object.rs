//! Free JSON that is an object: a field, an item, a whole body and an answer, and nothing else is one.

use secure_api::{
    app::AppBuilder,
    error::problem,
    prelude::*,
    testing::{self, Check, json},
};

use crate::support::{article::tested, document::document};

type Settings = FreeObject<40, 3, 5>;

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
    settings: Option<Settings>,
    #[input(items = 0..=2)]
    marks: Vec<Settings>,
}

#[derive(Resource, Clone)]
#[view(WidgetView, role = Role::Member, fields(settings, marks))]
struct Widget {
    settings: Option<Settings>,
    marks: Vec<Settings>,
}

/// Shows what was sent.
#[put("/widget", version = Version::V1, role = Role::Member, view = WidgetView)]
async fn put_widget(Json(new): Json<NewWidget>) -> Widget {
    Widget { settings: new.settings, marks: new.marks }
}

/// Gives the settings back.
#[put("/settings", version = Version::V1, role = Role::Member)]
async fn put_settings(Json(settings): Json<Settings>) -> Settings {
    settings
}

/// Gives settings of another system.
#[get("/settings", version = Version::V1, role = Role::Member)]
async fn get_settings() -> Result<Settings, StoreError> {
    FreeObject::foreign(json!({ "page": "</b>" })).map_err(StoreError::from)
}

/// Widgets.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(1000).per_minute(),
      routes(put_widget, put_settings, get_settings))]
struct Desk;

fn app() -> AppBuilder {
    Desk::app().tokens(testing::issuer()).clock(testing::at("2026-11-30"))
}

// R79 R82
#[test]
fn only_an_object_is_one_in_the_bounds_of_free_json() {
    let read = |text: &str| {
        Settings::foreign(text).map(|object| object.as_text().to_owned()).map_err(|why| why.code)
    };
    for (text, kept) in [
        (" { } ", Ok("{}")),
        ("{\"a\": [1, {}]}", Ok("{\"a\":[1,{}]}")),
        ("[]", Err("type")),
        ("null", Err("type")),
        ("\"{}\"", Err("type")),
        ("7", Err("type")),
        ("{\"a\":[[[]]]}", Err("depth")),
        ("{\"a\":[1,2,3,4,5]}", Err("items")),
    ] {
        assert_eq!(read(text), kept.map(str::to_owned), "{text}");
    }
    let object = Settings::foreign(r#"{"a": [7]}"#).expect("within bounds");
    assert_eq!((object.get("/a/0"), object.depth()), (Some(json!(7)), 2));
    assert_eq!(object.to_value(), json!({ "a": [7] }));
    assert_eq!(format!("{object:?}"), "FreeObject(9 bytes)");
}

// R81 R87
#[tokio::test]
async fn it_comes_in_and_goes_out_as_an_object() {
    let client = tested(app());
    let member = client.as_caller(Role::Member, "alice");
    let answer = member.put("/v1/settings").json(json!({ "a": "<b>" })).await;
    assert_eq!(answer.assert_status(200).text(), r#"{"a":"\u003cb\u003e"}"#);
    let answer =
        member.put("/v1/widget").json(json!({ "settings": {}, "marks": [{ "a": 1 }] })).await;
    assert_eq!(answer.assert_status(200).text(), r#"{"settings":{},"marks":[{"a":1}]}"#);
    member.get("/v1/settings").await.assert_status(200);
    for body in ["[]", "null", "7"] {
        let answer = member.put("/v1/settings").body("application/json", body).await;
        assert_eq!(answer.assert_problem(&problem::INVALID_INPUT).rule_at(""), "type", "{body}");
        let body = format!("{{\"marks\": [{body}]}}");
        let answer = member.put("/v1/widget").body("application/json", body).await;
        assert_eq!(answer.assert_problem(&problem::INVALID_INPUT).rule_at("/marks/0"), "type");
    }
}

// R101
#[test]
fn it_is_documented_as_an_object() {
    let document = document(&Desk::API.model());
    let bounds = "Any JSON object: at most 40 bytes without white space between values, 3 levels of lists and objects, and 5 items \
                  and members at all levels together.";
    let wanted = json!({ "type": "object", "description": bounds, "maxProperties": 5, "x-max-bytes": 40, "x-max-depth": 3,
                         "x-max-members": 5 });
    for place in ["put/requestBody", "get/responses/200"] {
        let pointer = format!("/paths/~1v1~1settings/{place}/content/application~1json/schema");
        assert_eq!(document.pointer(&pointer), Some(&wanted), "{place}");
    }
}

#[tokio::test]
async fn the_attack_sends_what_is_no_object() {
    let verified = testing::verify(app()).await;
    assert_eq!(verified.kept(Check::Bounds), 2, "{verified}");
    assert_eq!(verified.kept(Check::Members), 2, "{verified}");
}
