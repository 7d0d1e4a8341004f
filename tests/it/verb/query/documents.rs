//! QUERY in documents, in the inventory and in what was promised.

use secure_api::{
    clock::Clock,
    contract::{self, Contract},
    docs::{openapi_json, openapi_json_3_2},
    inventory::{self, LiveInventory},
    manage::Manage,
    version::Day,
};
use serde_json::Value;

use super::{
    ask, served,
    stock::{Stock, stock},
};
use crate::{
    cli::{run, told, tool},
    manage,
    support::Answer,
};

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

// R118
#[tokio::test]
async fn it_is_whole_in_both_documents() {
    let (server, _) = served().await;
    let older = server.get("/openapi/v1.json").await.json();
    let newer = server.get("/openapi/3.2/v1.json").await.json();
    assert_eq!((&older["openapi"], &newer["openapi"]), (&"3.1.0".into(), &"3.2.0".into()));
    let (before, after) = (&older["paths"]["/v1/parts"], &newer["paths"]["/v1/parts"]);
    assert!(before["query"].is_null() && after["x-query"].is_null());
    assert_eq!(before["x-query"], after["query"]);
    assert_eq!(before["get"], after["get"]);
    let operation = &after["query"];
    assert_eq!(operation["operationId"], "find_parts");
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    assert_eq!(body["$ref"], "#/components/schemas/Wanted");
    assert_eq!(newer["components"]["schemas"]["Wanted"]["properties"]["names"]["maxItems"], 10);
    assert!(operation["responses"]["200"]["headers"]["Accept-Query"].is_object());
    for status in ["304", "400", "401", "403", "412", "413", "415", "422", "429"] {
        assert!(operation["responses"][status].is_object(), "{status}: {operation:#}");
    }
    // As an operation that can be asked again.
    assert!(operation["x-speakeasy-retries"].is_null() && operation["x-fern-retries"].is_null());
    assert_eq!(operation["x-required-roles"][0], "member");
    // Each of its texts is the same as the function's, and a version without one has one document.
    let model = Stock::API.model();
    assert_eq!(json(&openapi_json_3_2(&model, "v1").expect("v1"))["paths"], newer["paths"]);
    let page = server.get("/docs/page.js").await.body;
    assert!(
        page.contains("../openapi/3.2/v1.json") && page.contains("../openapi/3.2/v2.json"),
        "{page}"
    );
    server.get("/openapi/3.2/v9.json").await.is_problem(404);
}

// Our own linter finds nothing in either, and knows the operation in both.
#[test]
fn linters_know_it_in_both_documents() {
    let model = Stock::API.model();
    for text in [openapi_json(&model, "v2"), openapi_json_3_2(&model, "v2")] {
        let document = text.expect("v2");
        let (code, report, errors) = told(run(tool(), &["lint", "-", "--json"], &document));
        assert_eq!(code, 0, "{report}{errors}");
        let mut bare = json(&document);
        let item = &mut bare["paths"]["/v2/parts"];
        let verb = if item["query"].is_null() { "x-query" } else { "query" };
        item[verb]["operationId"] = Value::Null;
        let (code, report, _) = told(run(tool(), &["lint", "-", "--json"], &bare.to_string()));
        assert!(code == 1 && report.contains("QUERY /v2/parts"), "{report}");
    }
}

// R101 R102
#[tokio::test]
async fn it_is_listed_counted_and_promised() {
    let model = Stock::API.model();
    let listed = inventory::routes(&model);
    assert!(listed.contains("QUERY"), "{listed}");
    let (server, token) = stock(|app| app.manage(Manage::at("127.0.0.1:0"))).await;
    Answer::of(ask(&server, &token, "/v1/parts").body(r#"{"names":["a"]}"#)).await.has_status(200);
    Answer::of(ask(&server, &token, "/v1/lost").body("{}")).await.has_status(404);
    let answer = manage::ask(manage::at(&server), "/inventory", "").await;
    let live: LiveInventory = serde_json::from_str(&answer.body).expect("an inventory");
    let mut operations = live.operations.iter();
    let found = operations.find(|one| one.operation == "find_parts" && one.version == "v1");
    assert_eq!(found.expect("an operation").calls, 1);
    assert!(live.unmatched.iter().any(|one| one.method == "QUERY"), "{live:#?}");
    // What was promised of it is kept, and that it went is told.
    let promised = Contract::of(&model).text();
    assert!(promised.contains("\"QUERY /parts\"") && promised.contains("\"query\""), "{promised}");
    let before = openapi_json(&model, "v1").expect("v1");
    let mut after = json(&before);
    let removed = after["paths"]["/v1/parts"].as_object_mut().expect("a path").remove("x-query");
    assert!(removed.is_some());
    let today = Day::at(&Clock::system());
    let found = contract::diff(&before, &after.to_string(), today).expect("documents");
    let found = format!("{found:?}");
    assert!(found.contains("QUERY /v1/parts"), "{found}");
    // It is the same operation in 3.2.
    let later = openapi_json_3_2(&model, "v1").expect("v1");
    let found = format!("{:?}", contract::diff(&before, &later, today).expect("documents"));
    assert!(!found.contains("QUERY"), "{found}");
}
