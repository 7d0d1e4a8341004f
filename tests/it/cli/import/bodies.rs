//! Bodies without fields, and those that may be left out.

use super::*;

fn of(content: &Value, required: Option<bool>) -> Value {
    let mut body = json!({ "content": content });
    if let Some(required) = required {
        body["required"] = required.into();
    }
    json!({ "put": {
        "tags": ["files"],
        "security": [],
        "requestBody": body,
        "responses": { "204": { "description": "done" } },
    } })
}

fn any(media: &[&str]) -> Value {
    media
        .iter()
        .map(|media| ((*media).to_owned(), json!({ "schema": { "type": "string" } })))
        .collect()
}

#[test]
fn text_and_bytes_are_declared_with_their_media_types() {
    let paths = json!({
        "/text": of(&any(&["text/plain; charset=utf-8"]), None),
        "/zip": of(&any(&["application/octet-stream", "application/zip"]), None),
        "/rows": of(&any(&["text/csv", "text/plain"]), None),
        "/calendar": of(&any(&["text/calendar"]), None),
        "/picture": of(&any(&["image/*"]), None),
        "/mixed": of(&any(&["image/png", "image/*"]), None),
    });
    let document = document(&paths, &json!({}));
    let report = report(&document);
    assert_eq!((&report["declared"], &report["hatch"]), (&json!(5), &json!(1)), "{report}");
    let asked = &written(&document, None)["src/files.rs"];
    for wanted in [
        "TextBody(body): TextBody<{ secure_api::question!(\"how many bytes may it have?\") }>",
        "body: RawBody<{ secure_api::question!(\"how many bytes may it have?\") }>",
    ] {
        assert!(asked.contains(wanted), "{wanted}\n{asked}");
    }
    let answered =
        |bytes: u64| written(&document, Some(&json!({ "bytes": bytes })))["src/files.rs"].clone();
    let small = answered(9000);
    for (wanted, count) in [
        ("TextBody(body): TextBody<9000>", 2),
        ("body: RawBody<9000>", 3),
        ("accepts(\"application/octet-stream\", \"application/zip\")", 1),
        ("accepts(\"text/calendar\")", 1),
        ("accepts(\"image/png\")", 1),
        ("BodyExtractor", 2),
        ("body_limit", 0),
    ] {
        assert_eq!(small.matches(wanted).count(), count, "{wanted}\n{small}");
    }
    // What is held in memory is bounded.
    let large = answered(500_000_000);
    assert_eq!(large.matches("body: StreamedBody<500000000>").count(), 3, "{large}");
}

#[test]
fn bytes_have_the_bound_that_the_document_states() {
    let stated = |most: &[(&str, u64)]| {
        let schema =
            |most| json!({ "schema": { "type": "string", "format": "binary", "maxLength": most } });
        let content: Value =
            most.iter().map(|(media, most)| ((*media).to_owned(), schema(most))).collect();
        of(&content, None)
    };
    let text = json!({ "text/calendar": { "schema": { "type": "string", "maxLength": 70 } } });
    let paths = json!({
        "/label": stated(&[("image/png", 200_000)]),
        "/photo": stated(&[("image/png", 300_000), ("image/jpeg", 400_000)]),
        "/film": stated(&[("video/mp4", 500_000_000)]),
        "/nothing": stated(&[("image/png", 0)]),
        "/calendar": of(&text, None),
    });
    let files = &written(&document(&paths, &json!({})), None)["src/files.rs"];
    for (wanted, count) in [
        ("body: RawBody<200000>", 1),
        ("body: RawBody<400000>", 1),
        ("body: StreamedBody<500000000>", 1),
        ("body: RawBody<{ secure_api::question!(", 2),
    ] {
        assert_eq!(files.matches(wanted).count(), count, "{wanted}\n{files}");
    }
}

#[test]
fn a_body_may_be_left_out_where_the_document_means_it() {
    let of = |required: bool, needs: &[&str]| {
        let schema = json!({
            "type": "object", "required": needs,
            "properties": { "note": { "type": "string", "maxLength": 9 } },
        });
        of(&json!({ "application/json": { "schema": schema } }), required.then_some(false))
    };
    let paths = json!({
        // Said, or not said and nothing in it is needed.
        "/said": of(true, &["note"]),
        "/unsaid": of(false, &[]),
        "/needed": of(false, &["note"]),
    });
    let files = &written(&document(&paths, &json!({})), None)["src/files.rs"];
    assert_eq!(files.matches("body: Option<Json<").count(), 2, "{files}");
    assert_eq!(files.matches("Json(body): Json<").count(), 1, "{files}");
}
