//! Findings in a document: each rule by a change that breaks it alone, and none in ours.

use std::{collections::BTreeSet, fs, thread};

use secure_api::docs::openapi_json;
use serde_json::{Value, json};

use super::{
    clean::{changed, clean},
    plants::plants,
    run, shop, told, tool,
};
use crate::support::{Folder, annex::Annex, api::Depot};

/// Returns what is found in a document: its code, its score, and each finding's rule and place.
fn found(document: &str) -> (i32, u64, Vec<(String, String)>) {
    let (code, text, errors) = told(run(tool(), &["lint", "-", "--json"], document));
    let report: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{errors}"));
    let report = &report["documents"][0];
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let findings = report["findings"].as_array().expect("a list").iter();
    let findings = findings.map(|one| (text(&one["rule"]), text(&one["place"])));
    (code, report["score"]["total"].as_u64().expect("a number"), findings.collect())
}

// R41: what looks like administration and asks for no more is one of them.
#[test]
fn each_rule_finds_what_breaks_it_and_no_other_does() {
    assert_eq!(found(&clean().to_string()), (0, 100, Vec::new()));
    let plants = plants();
    let chunks = plants.chunks(plants.len().div_ceil(4));
    thread::scope(|scope| {
        for chunk in chunks {
            scope.spawn(move || {
                for (rule, place, changes) in chunk {
                    let document = changed(clean(), changes);
                    let (code, score, findings) = found(&document.to_string());
                    let wanted = ((*rule).to_owned(), (*place).to_owned());
                    assert_eq!((code, &findings[..]), (1, &[wanted][..]), "{rule}: {changes:?}");
                    assert!(score < 100, "{rule}");
                    // The place is one, or the one that something is missing at.
                    let is_there = document.pointer(place).is_some();
                    assert!(is_there, "{rule} at {place}");
                }
            });
        }
    });
    let planted: BTreeSet<&str> = plants.iter().map(|(rule, ..)| *rule).collect();
    let (_, rules, _) = told(run(tool(), &["lint", "--rules", "--json"], ""));
    let rules: Value = serde_json::from_str(&rules).expect("JSON");
    let rules: BTreeSet<&str> =
        rules.as_array().expect("a list").iter().filter_map(|rule| rule["id"].as_str()).collect();
    assert_eq!(planted, rules);
}

#[test]
fn nothing_is_found_in_what_is_allowed() {
    let list = "/paths/~1notes/get";
    let text = "/components/schemas/Note/properties/text";
    let token = "/components/securitySchemes/Token";
    for changes in [
        vec![("/servers/0/url", json!("http://localhost:8080"))],
        vec![("/servers/0/url", json!("/v1"))],
        vec![(token, json!({ "type": "apiKey", "in": "cookie", "name": "__Host-session" }))],
        vec![
            (
                token,
                json!({ "type": "openIdConnect", "openIdConnectUrl": "https://login.example/" }),
            ),
            ("/paths/~1notes/post/security", json!([{ "Token": ["write"] }])),
            ("/paths/~1notes~1{note}/delete/security", json!([{ "Token": ["write"] }])),
        ],
        vec![
            ("/paths/~1notes/get/security", json!([{}])),
            ("/paths/~1notes/get/x-public-reason", json!("read by all")),
        ],
        vec![("/paths/~1notes/get/security", Value::Null), ("/security", json!([{ "Token": [] }]))],
        vec![(
            text,
            json!({ "allOf": [{ "type": "string", "maxLength": 9 }, { "pattern": "^a$" }] }),
        )],
        vec![(text, json!({ "type": ["string", "null"], "format": "date" }))],
        vec![(
            text,
            json!({ "oneOf": [{ "const": "a" }, { "type": "string", "maxLength": 2, "format": "x" }] }),
        )],
        vec![(
            text,
            json!({ "type": "array", "maxItems": 2, "items": { "$ref": "#/components/schemas/Note" } }),
        )],
        vec![(
            text,
            json!({ "type": "object", "maxProperties": 3, "additionalProperties": { "enum": [1] } }),
        )],
        vec![
            (
                "/paths/~1notes~1{note}/delete/requestBody",
                json!({ "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Note" } } } }),
            ),
            (
                "/paths/~1notes~1{note}/delete/x-exceptions",
                json!([{ "rule": "content", "reason": "the tills of the first years send a list" }]),
            ),
        ],
        vec![("/paths/~1notes/get/parameters/0/name", json!("pageToken"))],
        vec![(
            "/paths/~1notes/get/responses",
            json!({
                "200": { "$ref": "#/paths/~1notes/post/responses/201" },
                "4XX": { "$ref": "#/components/responses/Refused" },
                "default": { "$ref": "#/components/responses/Refused" },
            }),
        )],
        vec![("/components/schemas/Note/examples", json!([{ "$ref": "#/nowhere" }]))],
    ] {
        let document = changed(clean(), &changes);
        assert!(document.pointer(list).is_some());
        assert_eq!(found(&document.to_string()), (0, 100, Vec::new()), "{changes:?}");
    }
}

#[test]
fn nothing_is_found_in_the_shops_documents() {
    let (code, text, errors) = told(run(shop(), &["lint", "--json"], ""));
    let reports: Value = serde_json::from_str(&text).expect("JSON");
    let reports = reports["documents"].as_array().expect("a list");
    let named: Vec<_> = reports.iter().map(|report| report["document"].as_str()).collect();
    assert_eq!((code, &*errors, &named[..]), (0, "", &[Some("v1"), Some("v2")][..]));
    for report in reports {
        assert_eq!(report["findings"], json!([]));
        assert_eq!(report["score"], json!({ "total": 100, "security": 30, "data": 70 }));
    }
}

/// The shop is written to be looked at; what the tests of the framework are made with is not. An operation of theirs reads its body by an
/// extractor, by a hatch with a reason, and of such a body nobody can say what it is.
#[test]
fn nothing_is_found_in_documents_of_other_apis() {
    for model in [Depot::API.model(), Annex::API.model()] {
        for version in &model.versions {
            let document = openapi_json(&model, &version.segment).expect("a document");
            let (_, _, findings) = found(&document);
            let is_hatch = |place: &str| place.contains("~1text/post/requestBody/content/*~1*");
            let others = findings.into_iter().filter(|(_, place)| !is_hatch(place));
            assert_eq!(others.collect::<Vec<_>>(), [], "{} of {}", version.segment, model.name);
        }
    }
}

#[test]
fn yaml_is_read_as_json_is() {
    let yaml = "openapi: 3.0.3\npaths:\n  /a:\n    get:\n      responses:\n        200: {description: ok}\n        default: &e {description: no}\n        401: *e\n";
    let json = json!({ "openapi": "3.0.3", "paths": { "/a": { "get": { "responses": {
        "200": { "description": "ok" }, "default": { "description": "no" }, "401": { "description": "no" } } } } } });
    let read = found(yaml);
    assert_eq!(read, found(&json.to_string()));
    assert_eq!(read.0, 1);
    let rules: Vec<&str> = read.2.iter().map(|(rule, _)| &**rule).collect();
    assert!(
        rules.contains(&"no-security") && rules.contains(&"answer-without-schema"),
        "{rules:?}"
    );
}

#[test]
fn a_build_chooses_what_it_fails_for() {
    let code = |document: &Value, level: &str| {
        told(run(tool(), &["lint", "-", "--fail-on", level], &document.to_string())).0
    };
    let of = |wanted: &str| {
        let plants = plants();
        let plant = plants.iter().find(|(rule, ..)| *rule == wanted).expect("a plant");
        changed(clean(), &plant.2)
    };
    for (rule, codes) in
        [("no-tags", [1, 0, 0, 0]), ("open-array", [1, 1, 0, 0]), ("no-security", [1, 1, 1, 0])]
    {
        let document = of(rule);
        let told = ["low", "medium", "high", "never"].map(|level| code(&document, level));
        assert_eq!(told, codes, "{rule}");
    }
}

#[test]
fn what_is_no_document_is_told_apart_from_findings() {
    let swagger = json!({ "swagger": "2.0", "paths": {} }).to_string();
    let empty = json!({ "openapi": "3.1.0", "webhooks": {} }).to_string();
    for (document, error) in [
        ("", "it has no `openapi"),
        ("{\"openapi\": ", "is neither JSON nor YAML"),
        ("a: b: c", "is neither JSON nor YAML"),
        ("- 1", "it has no `openapi"),
        (&swagger, "Swagger 2"),
        (&empty, "no operations to look at"),
        ("openapi: 3.1.0\npaths: *nobody", "is neither JSON nor YAML"),
        // An alias that would be larger than the machine.
        (
            &format!(
                "openapi: 3.1.0\na0: &a0 [1,1,1,1,1,1,1,1,1]\n{}",
                (1..12)
                    .map(|n| {
                        let one = format!("*a{}", n - 1);
                        format!("a{n}: &a{n} [{}]\n", [&*one; 9].join(","))
                    })
                    .collect::<String>()
            ),
            "is neither JSON nor YAML",
        ),
    ] {
        let (code, text, errors) = told(run(tool(), &["lint", "-"], document));
        assert_eq!((code, &*text), (2, ""), "{document}");
        assert!(errors.contains(error) && errors.contains("help: "), "{document}: {errors}");
    }
    assert_eq!(told(run(tool(), &["lint", "/nowhere/a.json"], "")).0, 2);
    assert_eq!(told(run(tool(), &["lint"], "")).0, 2);
}

/// A document is somebody else's: nothing in it may end the program, or reach the terminal as anything but text.
#[test]
fn a_document_of_an_enemy_is_read_to_its_end() {
    let circle = json!({ "type": "object", "properties": { "a": { "$ref": "#/components/schemas/Note" } },
        "allOf": [{ "$ref": "#/components/schemas/Note" }], "additionalProperties": false });
    let itself = json!({ "$ref": "#/components/schemas/Note" });
    let deep = (0..100).fold(json!({}), |inner, _| json!({ "items": inner }));
    for schema in [
        circle,
        itself,
        deep,
        json!([]),
        json!(1),
        json!({ "type": 7, "properties": [], "allOf": {} }),
    ] {
        let document = changed(clean(), &[("/components/schemas/Note", schema)]);
        assert_eq!(found(&document.to_string()).0 & !1, 0);
    }
    let mut chain = clean();
    for link in 0..90 {
        let part = |next: u32| json!({ "$ref": format!("#/components/schemas/S{next}") });
        chain["components"]["schemas"][format!("S{link}")] = json!({ "allOf": [part(link + 1), part((link + 2) % 90)], "properties": { "a": part(link + 1) } });
    }
    chain["components"]["schemas"]["Note"] = json!({ "$ref": "#/components/schemas/S0" });
    assert_eq!(found(&chain.to_string()).0, 1);
    for odd in [json!([]), json!("x"), json!(7)] {
        let members = [
            "/paths/~1notes/get",
            "/paths/~1notes",
            "/components",
            "/servers",
            "/paths/~1notes/get/responses",
            "/paths/~1notes/get/security",
            "/paths/~1notes/get/parameters",
            "/components/securitySchemes/Login",
        ];
        for member in members {
            let document = changed(clean(), &[(member, odd.clone())]);
            let code = told(run(tool(), &["lint", "-"], &document.to_string())).0;
            assert!(code < 2, "{member}: {odd}");
        }
    }
    let folder = Folder::made("lint-");
    let file = folder.path().join("a.json");
    let document = changed(
        clean(),
        &[
            ("/paths/~1notes/get/operationId", json!("\u{1b}]0;owned\u{7}\u{202e}")),
            ("/paths/~1notes/post/operationId", json!("\u{1b}]0;owned\u{7}\u{202e}")),
        ],
    );
    fs::write(&file, document.to_string()).expect("a file");
    let (code, text, _) = told(run(tool(), &["lint", file.to_str().expect("a path")], ""));
    assert_eq!(code, 1);
    assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text:?}");
    assert!(text.contains("owned"));
}

#[test]
fn the_book_lists_the_rules() {
    let (_, rules, _) = told(run(tool(), &["lint", "--rules", "--json"], ""));
    let rules: Vec<Value> = serde_json::from_str(&rules).expect("JSON");
    let page = include_str!("../../../book/src/cli.md");
    let cell = |rule: &Value, member: &str| rule[member].as_str().expect("a text").to_owned();
    for rule in &rules {
        let cells = ["severity", "part", "owasp", "text", "help"].map(|member| cell(rule, member));
        let row = format!("| `{}` | {} |", cell(rule, "id"), cells.join(" | "));
        assert!(page.lines().any(|line| line == row), "the table lacks:\n{row}");
    }
    assert_eq!(page.matches(" | API").count(), rules.len());
}
