//! The inventory of an app against a document of somebody else's.

use serde_json::{Value, json};

use super::{clean::changed, run, shop, told};

/// Returns the shop's document of a version.
fn document(version: &str) -> Value {
    let (code, text, errors) = told(run(shop(), &["openapi", "--version", version], ""));
    assert_eq!((code, &*errors), (0, ""));
    serde_json::from_str(&text).expect("JSON")
}

fn against(document: &Value) -> (i32, Value) {
    let (code, text, errors) =
        told(run(shop(), &["inventory", "--against", "-", "--json"], &document.to_string()));
    (code, serde_json::from_str(&text).unwrap_or_else(|_| panic!("{errors}")))
}

// R101 in part: an operation that only one side knows, and callers that are others.
#[test]
fn what_only_one_side_knows_is_told_with_who_may_call_the_rest() {
    let whole = document("v2");
    let (code, told) = against(&whole);
    assert_eq!((code, &told["both"], &told["versions"]), (0, &json!(36), &json!(["v2"])));
    for (changes, list, wanted) in [
        (
            vec![("/paths/~1v2~1me", Value::Null)],
            "only_declared",
            json!([{ "verb": "GET", "path": "/v2/me", "operation": "get_me" }]),
        ),
        (
            vec![("/paths/~1v2~1old", json!({ "get": { "operationId": "old" } }))],
            "only_in_document",
            json!([{ "verb": "GET", "path": "/v2/old", "operation": "old" }]),
        ),
        (
            vec![("/paths/~1v2~1accounts/get/x-required-roles", json!(["customer"]))],
            "differences",
            json!([{ "verb": "GET", "path": "/v2/accounts", "operation": "find_accounts", "fact": "roles",
                "declared": "support", "document": "customer" }]),
        ),
        (
            vec![("/paths/~1v2~1me/get/security", json!([{}]))],
            "differences",
            json!([{ "verb": "GET", "path": "/v2/me", "operation": "get_me", "fact": "access",
                "declared": "credentials", "document": "anybody" }]),
        ),
        (
            vec![("/paths/~1v2~1events~1summary/get/x-required-scopes", json!(["all"]))],
            "differences",
            json!([{ "verb": "GET", "path": "/v2/events/summary", "operation": "summarize_events", "fact": "scopes",
                "declared": "audit:read", "document": "all" }]),
        ),
    ] {
        let (code, told) = against(&changed(whole.clone(), &changes));
        assert_eq!((code, &told[list]), (1, &wanted), "{changes:?}");
        let lists = ["only_declared", "only_in_document", "differences"];
        let others = lists.iter().filter(|other| **other != list);
        assert!(others.clone().all(|other| told[*other] == json!([])), "{told:#}");
    }
}

#[test]
fn a_servers_path_and_other_names_of_parameters_are_the_same_place() {
    let whole = document("v2").to_string();
    let below = whole
        .replace("\"/v2/", "\"/")
        .replace("{\"url\":\"/\"", "{\"url\":\"https://shop.example/v2\"");
    let named = below.replace("{order}", "{orderId}");
    let (code, told) = against(&serde_json::from_str(&named).expect("JSON"));
    assert_eq!((code, &told["both"]), (0, &json!(36)), "{told:#}");
}

#[test]
fn a_person_is_told_in_a_table() {
    let document = changed(document("v2"), &[("/paths/~1v2~1me", Value::Null)]);
    let (code, text, _) =
        told(run(shop(), &["inventory", "--against", "-"], &document.to_string()));
    assert_eq!(code, 1);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        "Shop in v2 against -: 35 in both, 1 only declared, 0 only in the document, 0 differences"
    );
    assert_eq!(lines[2], "only declared  GET  /v2/me  get_me");
}
