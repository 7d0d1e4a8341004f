//! The inventory of an app against a document of somebody else's.

use std::fs;

use serde_json::{Value, json};

use super::{clean::changed, run, shop, told};
use crate::support::folder::Folder;

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

// R101 in part, R98 in part: what ends there and not here, and which versions are told of at all.
#[test]
fn ends_and_versions_are_compared() {
    let whole = document("v1");
    let (code, told) = against(&whole);
    assert_eq!((code, &told["other_versions"]), (0, &json!(["v2"])), "{told:#}");
    let orders = "/paths/~1v1~1orders/get";
    for (changes, fact, declared, there) in [
        (vec![("/deprecated", json!(false))], "deprecated", "yes", "no"),
        (vec![("/x-sunset", json!("2030-01-01"))], "sunset", "2036-06-01", "2030-01-01"),
    ] {
        let changes: Vec<_> = changes
            .into_iter()
            .map(|(member, value)| (format!("{orders}{member}"), value))
            .collect();
        let changes: Vec<_> =
            changes.iter().map(|(place, value)| (&**place, value.clone())).collect();
        let (code, told) = against(&changed(whole.clone(), &changes));
        let wanted = json!([{ "verb": "GET", "path": "/v1/orders", "operation": "list_orders", "fact": fact,
            "declared": declared, "document": there }]);
        assert_eq!((code, &told["differences"]), (1, &wanted));
    }
    // Deprecated there, and not here.
    let ended = changed(document("v2"), &[("/paths/~1v2~1me/get/deprecated", json!(true))]);
    let (_, told) = against(&ended);
    assert_eq!(told["differences"][0]["declared"], "no");
    let newer = changed(document("v2"), &[("/paths/~1v9~1me", json!({ "get": {} }))]);
    let (_, told) = against(&newer);
    assert_eq!(told["unknown_versions"], json!(["v9"]));
}

// R101 in part: what is only documented, and called all the same.
#[test]
fn a_comparison_is_told_with_the_traffic() {
    let folder = Folder::made("against");
    let file = |name: &str, text: &str| {
        let file = folder.path().join(name);
        fs::write(&file, text).expect("a file");
        file.display().to_string()
    };
    let ghost = json!({ "get": { "operationId": "get_invoice" } });
    let document = changed(
        document("v2"),
        &[("/paths/~1v2~1invoices~1{invoice}", ghost), ("/paths/~1v2~1me", Value::Null)],
    );
    let document = file("openapi.json", &document.to_string());
    let line = |path: &str, status: u16| {
        format!("192.0.2.1 - - [29/Nov/2026:20:42:26 +0000] \"GET {path} HTTP/1.1\" {status} 12\n")
    };
    let log =
        [line("/v2/invoices/1", 404), line("/v2/invoices/2", 404), line("/v2/me", 200)].concat();
    let log = file("access.log", &log);
    let live = json!({
        "since": "2026-11-01T00:00:00Z",
        "operations": [{ "operation": "get_me", "version": "v2", "deprecated": null, "sunset": null, "zombie_since": null,
            "calls": 1, "refused": {}, "first": "2026-11-29T20:00:00Z", "last": "2026-11-29T20:42:26Z", "clients": [], "others": 1 }],
        "unmatched": [{ "method": "GET", "path": "/v2/invoices/{id}", "calls": 2, "clients": 1, "first": "2026-11-29T20:00:00Z",
            "last": "2026-11-29T20:42:26Z", "noise": false }],
    });
    let live = file("inventory.json", &live.to_string());
    for by in [["--log", &log], ["--live", &live]] {
        let arguments = ["inventory", "--against", &document, by[0], by[1]];
        let json = told(run(shop(), &[&arguments[..], &["--json"]].concat(), ""));
        let json: Value = serde_json::from_str(&json.1).unwrap_or_else(|_| panic!("{}", json.2));
        let calls = |list: &str| json[list][0]["called"].clone();
        assert_eq!(
            calls("only_in_document"),
            json!({ "calls": 2, "last": "2026-11-29T20:42:26Z" }),
            "{by:?}"
        );
        assert_eq!(calls("only_declared"), json!({ "calls": 1, "last": "2026-11-29T20:42:26Z" }));
        let (code, text, _) = told(run(shop(), &arguments, ""));
        assert_eq!(code, 1);
        let ghost = text.lines().find(|line| line.starts_with("only in document")).expect("a line");
        assert!(ghost.contains("get_invoice") && ghost.ends_with("2 calls"), "{ghost}");
    }
    // Of a list that had no room for all, nobody knows.
    let path = |number: u16| json!({ "method": "GET", "path": format!("/x{number}"), "calls": 1, "clients": 1, "first": "2026-11-29T20:00:00Z", "last": "2026-11-29T20:00:00Z", "noise": false });
    for (count, wanted) in
        [(511, "never called"), (512, "not seen, and the list has no room for all")]
    {
        let paths: Vec<Value> = (0..count).map(path).collect();
        let full = json!({ "since": "2026-11-01T00:00:00Z", "operations": [], "unmatched": paths })
            .to_string();
        let full = file("full.json", &full);
        let (_, text, errors) =
            told(run(shop(), &["inventory", "--against", &document, "--live", &full], ""));
        let ghost = text.lines().find(|line| line.starts_with("only in document"));
        assert!(ghost.is_some_and(|ghost| ghost.ends_with(wanted)), "{text} {errors}");
    }
    let (code, _, errors) = told(run(shop(), &["inventory", "--live", &live], ""));
    assert_eq!(code, 2);
    assert!(errors.contains("held against nothing"), "{errors}");
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
    assert_eq!(lines[1], "version v1: not compared, as the document does not have it");
    assert_eq!(lines[3], "only declared  GET  /v2/me  get_me");
}
