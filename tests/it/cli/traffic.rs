//! The inventory of an app, and an OpenAPI document, against access logs.

use std::fs;

use serde_json::{Value, json};

use super::{run, shop, told, tool};
use crate::support::folder::Folder;

const DAY: &str = "29/Nov/2026";

/// Returns a line of the combined format.
pub(super) fn line(address: &str, second: u8, request: &str, status: u16) -> String {
    format!(
        "{address} - - [{DAY}:20:42:{second:02} +0000] \"{request} HTTP/1.1\" {status} 12 \"-\" \"curl/8\"\n"
    )
}

/// Returns a log of a few requests: of what is declared, of what is deprecated, of what is not there.
pub(super) fn log() -> String {
    let mut log = String::new();
    for second in 0..3 {
        log += &line("192.0.2.1", second, "GET /v2/orders?size=5", 200);
    }
    log += &line("192.0.2.2", 3, "GET /v2/orders", 401);
    log += &line("192.0.2.2", 4, "GET /v1/orders/0b6e5cbe-7a67-4a0e-9d0f-0a3d6b5f4c11", 200);
    log += &line("192.0.2.2", 5, "GET /v1/orders/0b6e5cbe-7a67-4a0e-9d0f-0a3d6b5f4c12", 404);
    // What runs beside the app, on the same host.
    log += &line("192.0.2.3", 6, "GET /legacy/export/1", 200);
    log += &line("192.0.2.3", 7, "GET /legacy/export/2", 200);
    // What two clients miss, and what one has mistyped.
    log += &line("192.0.2.4", 8, "GET /v2/invoices/4711", 404);
    log += &line("192.0.2.5", 9, "GET /v2/invoices/4712", 404);
    log += &line("192.0.2.5", 10, "GET /v2/ordres", 404);
    // A method that the path does not have, the parameter of which nobody has to guess.
    log += &line("192.0.2.6", 11, "PUT /v2/products/red-bolt", 200);
    // Besides, and noise.
    log += &line("192.0.2.7", 12, "GET /docs/page.css", 200);
    log += &line("192.0.2.7", 13, "OPTIONS /v2/orders", 204);
    log += &line("192.0.2.8", 14, "GET /.env", 404);
    log += &line("192.0.2.9", 15, "GET /wp-login.php", 404);
    log
}

/// Holds the shop against a log on standard input.
pub(super) fn against(log: &str, arguments: &[&str]) -> (i32, Value) {
    let all = [&["inventory", "--against", "-", "--json"], arguments].concat();
    let (code, text, errors) = told(run(shop(), &all, log));
    (code, serde_json::from_str(&text).unwrap_or_else(|_| panic!("{errors}")))
}

pub(super) fn operation<'a>(told: &'a Value, name: &str, version: &str) -> &'a Value {
    let operations = told["operations"].as_array().expect("a list");
    let mut operations = operations.iter();
    let is_it = |one: &&Value| one["operation"] == name && one["version"] == version;
    operations.find(is_it).unwrap_or_else(|| panic!("{name} in {told:#}"))
}

/// Returns the paths that nobody declared, as they are told: method, path, calls, answers, clients.
pub(super) fn undeclared(told: &Value) -> Vec<Value> {
    let paths = told["undeclared"].as_array().expect("a list").iter();
    let row = |one: &Value| {
        json!([one["method"], one["path"], one["calls"], one["answered"], one["clients"]])
    };
    paths.map(row).collect()
}

// R101: by operation, version and client, also for what runs beside the app.
#[test]
fn a_log_is_told_by_operation_version_and_client() {
    let (code, told) = against(&log(), &[]);
    assert_eq!(code, 1);
    let numbers = ["lines", "unread", "requests", "besides", "noise", "unlisted"];
    assert_eq!(numbers.map(|name| told[name].as_u64()), [16, 0, 16, 2, 2, 0].map(Some), "{told:#}");
    let listed = operation(&told, "list_orders", "v2");
    assert_eq!((&listed["calls"], &listed["errors"]), (&json!(4), &json!({ "401": 1 })));
    assert_eq!(
        (&listed["zombie_calls"], &listed["last"]),
        (&json!(0), &json!("2026-11-29T20:42:03Z"))
    );
    let clients = listed["clients"].as_array().expect("a list");
    let calls: Vec<_> = clients.iter().map(|client| client["calls"].as_u64()).collect();
    assert_eq!(calls, [Some(3), Some(1)]);
    assert!(!told.to_string().contains("192.0.2."), "nobody is named: {told:#}");
    // A client is one in all operations.
    let zombie = operation(&told, "get_order", "v1");
    assert_eq!(zombie["clients"][0]["client"], clients[1]["client"]);
    assert_eq!((&zombie["calls"], &zombie["zombie_calls"]), (&json!(2), &json!(2)));
    assert_eq!(operation(&told, "get_order", "v2")["calls"], 0);
    let wanted = [
        json!(["GET", "/legacy/export/{id}", 2, 2, 1]),
        json!(["PUT", "/v2/products/{sku}", 1, 1, 1]),
        json!(["GET", "/v2/invoices/{id}", 2, 0, 2]),
        json!(["GET", "/v2/ordres", 1, 0, 1]),
    ];
    assert_eq!(undeclared(&told), wanted);
}

#[test]
fn a_person_is_told_what_to_look_at_first() {
    let (code, text, errors) = told(run(shop(), &["inventory", "--against", "-"], &log()));
    assert_eq!((code, &*errors), (1, ""));
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines: Vec<String> = text.lines().map(words).collect();
    let has = |wanted: &str| lines.iter().any(|line| line.starts_with(wanted));
    for wanted in [
        "Shop against an access log, 2026-11-29T20:42:00Z to 2026-11-29T20:42:15Z",
        "zombies 1",
        "shadows 3",
        "zombie GET /v1/orders/{order} get_order 2 1 2026-11-29T20:42:05Z",
        "shadow GET /legacy/export/{id} 2 2 2026-11-29T20:42:07Z",
        "shadow GET /v2/invoices/{id} 2 0",
        "orphan GET /v2/me get_me 0 0 never",
        "clients of get_order calls share last call",
        "GET /v2/orders list_orders 4 401: 1 2 2026-11-29T20:42:03Z",
    ] {
        assert!(has(wanted), "{wanted} in {lines:#?}");
    }
    assert!(!has("shadow GET /v2/ordres"), "one client may have mistyped it");
}

#[test]
fn a_build_says_what_it_fails_for() {
    let code = |log: &str, kinds: &str| against(log, &["--fail-on", kinds]).0;
    assert_eq!(code(&log(), "zombie"), 1);
    assert_eq!(code(&log(), "zombie,shadow"), 1);
    assert_eq!(code(&log(), "never"), 0);
    let fine = line("192.0.2.1", 0, "GET /v2/orders", 200);
    assert_eq!(code(&fine, "zombie,shadow"), 0);
    assert_eq!(code(&fine, "orphan"), 1);
    assert_eq!(code(&fine, "zombie,orphan"), 1);
}

// R101: what is past its sunset and called, and what is past it and is not called.
#[test]
fn the_time_of_a_call_decides() {
    let at = |year: &str| log().replace(DAY, &format!("29/Nov/{year}"));
    let (_, before) = against(&at("2025"), &[]);
    assert_eq!(operation(&before, "get_order", "v1")["zombie_calls"], 0);
    let (_, after) = against(&at("2040"), &[]);
    assert_eq!(operation(&after, "get_order", "v1")["zombie_calls"], 2);
    let (_, text, _) = told(run(shop(), &["inventory", "--against", "-"], &at("2040")));
    let orphan =
        |path: &str| text.lines().any(|line| line.starts_with("orphan") && line.contains(path));
    assert!(orphan("/v2/me") && !orphan("/v1/"), "{text}");
}

#[test]
fn other_formats_tell_the_same() {
    let nginx = r#"{"remote_addr":"192.0.2.1","time_iso8601":"2026-11-29T20:42:26+00:00","request_method":"GET","request_uri":"/v1/orders?a=1","status":200}"#;
    let caddy = r#"{"ts":1795984946.0,"request":{"remote_ip":"192.0.2.1","method":"GET","uri":"/v1/orders?a=1"},"status":200}"#;
    let common = r#"192.0.2.1 - - [29/Nov/2026:20:42:26 +0000] "GET https://shop.example/v1/orders?a=1 HTTP/1.1" 200 12"#;
    let (_, told) = against(&[nginx, caddy, common].join("\r\n"), &[]);
    let listed = operation(&told, "list_orders", "v1");
    assert_eq!((&listed["calls"], &listed["clients"][0]["calls"]), (&json!(3), &json!(3)));
    // As libraries write a slash, an ampersand and a quote.
    let [nginx, caddy] = [nginx, caddy].map(|line| {
        let line = line.replace("/v1/orders", "\\/v1\\/orders");
        line.replace("?a=1", r#"?a=\u00221\u0022\u0026b=\""#)
    });
    let common = common.replace("/v1/orders?a=1", r#"/\x76\x31/orders?a=\"1\x22"#);
    let (_, told) = against(&[&*nginx, &*caddy, &*common].join("\n"), &[]);
    assert_eq!((&told["unread"], &told["requests"]), (&json!(0), &json!(3)), "{told:#}");
    assert_eq!(operation(&told, "list_orders", "v1")["calls"], 3);
}

/// Returns a document of somebody else's, which is no app of ours.
fn document() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Parts", "version": "7" },
        "servers": [{ "url": "https://parts.example/api/" }],
        "paths": {
            "/parts": { "get": { "operationId": "listParts" }, "post": {} },
            "/parts/{id}": { "get": { "operationId": "getPart", "deprecated": true } },
            "/parts/{id}/old": { "get": { "operationId": "old", "x-sunset": "2026-01-01" } },
            "/parts/{id}/later": { "get": { "operationId": "later", "x-sunset": "2036-01-01T00:00:00Z" } },
        },
    })
}

// R101: the same of an API that is none of ours.
#[test]
fn a_document_is_held_against_a_log_without_an_app() {
    let folder = Folder::made("logs");
    let file = folder.path().join("openapi.json");
    fs::write(&file, document().to_string()).expect("a file");
    let file = file.display().to_string();
    let log = [
        line("192.0.2.1", 1, "GET /api/parts", 200),
        line("192.0.2.1", 2, "HEAD /parts", 200),
        line("192.0.2.1", 3, "GET /api/parts/4711", 200),
        line("192.0.2.1", 4, "GET /api/parts/4711/old", 410),
        line("192.0.2.1", 5, "GET /api/parts/4711/later", 200),
        line("192.0.2.1", 6, "DELETE /api/parts/4711", 204),
        line("192.0.2.1", 7, "GET /api/stock/4711", 200),
    ]
    .concat();
    let arguments = ["inventory", &*file, "--log", "-", "--json"];
    let (code, text, errors) = told(run(tool(), &arguments, &log));
    let told_of: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{errors}"));
    assert_eq!(code, 1);
    let facts = |name: &str| {
        let one = operation(&told_of, name, "");
        (one["calls"].as_u64(), one["zombie_calls"].as_u64())
    };
    assert_eq!(facts("listParts"), (Some(2), Some(0)));
    assert_eq!(facts("getPart"), (Some(1), Some(1)));
    assert_eq!(facts("old"), (Some(1), Some(1)));
    assert_eq!(facts("later"), (Some(1), Some(0)));
    let wanted =
        [json!(["GET", "/api/stock/{id}", 1, 1, 1]), json!(["DELETE", "/parts/{id}", 1, 1, 1])];
    assert_eq!(undeclared(&told_of), wanted);
    let (code, text, _) = told(run(tool(), &arguments[..4], &log));
    assert_eq!(code, 1);
    assert!(text.lines().any(|line| line.starts_with("orphan  POST")), "{text}");
    // Both have to be there, and to be what they are said to be.
    let (code, _, errors) = told(run(tool(), &["inventory", &file], ""));
    assert_eq!(code, 2);
    assert!(errors.contains("--log"), "{errors}");
    let (code, _, errors) = told(run(tool(), &["inventory", &file, "--against", &file], ""));
    assert_eq!(code, 2);
    assert!(errors.contains("secure-api diff"), "{errors}");
    let log_file = folder.path().join("access.log").display().to_string();
    fs::write(&log_file, &log).expect("a file");
    let (code, _, errors) = told(run(tool(), &["inventory", &log_file, "--log", &log_file], ""));
    assert_eq!(code, 2);
    assert!(errors.contains("is a log, and no OpenAPI document"), "{errors}");
    // The same arguments are the same in both programs: a log is a log by either name, and both together are one.
    let named = [&*file];
    for program in [tool, shop] {
        let is_tool = program().get_program() == tool().get_program();
        let own = if is_tool { &named[..] } else { &[] };
        let lines = |logs: &[&str]| {
            let arguments = [&["inventory"], own, logs, &["--json", "--fail-on", "never"]].concat();
            let (code, text, errors) = told(run(program(), &arguments, ""));
            let told: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{errors}"));
            (code, told["requests"].as_u64())
        };
        assert_eq!(lines(&["--against", &log_file]), (0, Some(7)));
        assert_eq!(lines(&["--against", &log_file, "--log", &log_file]), (0, Some(14)));
        assert_eq!(lines(&["--log", &log_file, "--log", &log_file]), (0, Some(14)));
    }
}

// R101: what would be left out is refused.
#[test]
fn what_does_not_go_together_is_refused() {
    let folder = Folder::made("logs");
    let file = |name: &str, text: &str| {
        let file = folder.path().join(name);
        fs::write(&file, text).expect("a file");
        file.display().to_string()
    };
    let document = file("openapi.json", &document().to_string());
    let log = file("access.log", &log());
    let live = file("inventory.json", "{}");
    let refused: [(&[&str], &str); 6] = [
        (&["--fail-on", "zombie"], "add `--log access.log`"),
        (&["--against", &document, "--fail-on", "zombie"], "`--fail-on` is for a log alone"),
        (&["--against", &document, "--log", &log, "--fail-on", "never"], "is a document"),
        (&["--against", &log, "--live", &live], "is a log, which says itself"),
        (&["--against", &document, "--log", &live], "there is no request"),
        (&["--log", &log, "--live", &live], "cannot be used with"),
    ];
    for (arguments, wanted) in refused {
        let (code, text, errors) = told(run(shop(), &[&["inventory"], arguments].concat(), ""));
        assert_eq!((code, &*text), (2, ""), "{arguments:?}");
        assert!(errors.contains(wanted), "{arguments:?}: {errors}");
    }
}
