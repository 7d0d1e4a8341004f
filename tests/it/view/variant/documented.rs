//! Views of an enum as its document tells of them.

use super::*;

// R109: each view is a schema of its own: one of several closed objects, told apart by a constant.
#[tokio::test]
async fn an_enum_is_documented_as_one_of_several() {
    let server = server().await;
    let document = server.get("/openapi/v2.json").await.json();
    let schemas = &document["components"]["schemas"];
    let at = |name: &str| format!("#/components/schemas/{name}");
    let line = &schemas["MethodLine"];
    let variants = ["Card", "Transfer", "Voucher", "Split", "Cash"];
    let branches = variants.map(|variant| json!({"$ref": at(&format!("MethodLine{variant}"))}));
    assert_eq!(line["oneOf"], json!(branches));
    assert_eq!(line["description"], "The way of payment.");
    assert_eq!(line["x-view-audience"], json!(["customer"]));
    let discriminator = &line["discriminator"];
    assert_eq!(discriminator["propertyName"], "method");
    assert_eq!(names(&discriminator["mapping"]).len(), 5);
    assert_eq!(discriminator["mapping"]["gift_card"], at("MethodLineVoucher"));
    let card = &schemas["MethodLineCard"];
    assert_eq!(card["properties"]["method"], json!({"type": "string", "const": "card"}));
    assert_eq!(card["required"], json!(["method", "last4", "brand"]));
    assert_eq!(card["additionalProperties"], false);
    assert_eq!(card["description"], "A card, by its last digits.");
    assert_eq!(card["properties"]["brand"]["description"], "The issuer.");
    let sheet = &schemas["MethodSheetCard"];
    assert_eq!(sheet["required"], json!(["method", "last4", "brand", "number"]));
    // Nullable where it may be missing, and inside of itself.
    let first = &schemas["PaymentLine"]["properties"]["first"]["oneOf"];
    assert_eq!(*first, json!([{"$ref": at("MethodLine")}, {"type": "null"}]));
    let parts = &schemas["MethodLineSplit"]["properties"]["parts"];
    assert_eq!(parts["items"]["$ref"], at("MethodLine"));
    let old = server.get("/openapi/v1.json").await.json();
    let old = &old["components"]["schemas"]["MethodLineTransfer"]["required"];
    assert_eq!(*old, json!(["method", "bank", "account"]));
}

// R109: the bytes are what the schemas say, for each role and version.
#[tokio::test]
async fn variants_are_what_their_schemas_say() {
    let server = server().await;
    let tokens = [server.token("alice", &["customer"]), server.token("kim", &["clerk"])];
    let mut compared = 0;
    for version in ["v1", "v2"] {
        let document = server.get(&format!("/openapi/{version}.json")).await.json();
        for token in &tokens {
            for path in ["payment", "methods", "method"] {
                let operation = &document["paths"][format!("/{version}/{path}")]["get"];
                let schema =
                    &operation["responses"]["200"]["content"]["application/json"]["schema"];
                assert!(schema.is_object(), "{operation}");
                let numbers = if path == "method" { 0..5 } else { 0..1 };
                for number in numbers {
                    let query =
                        if path == "method" { format!("?number={number}") } else { String::new() };
                    let url = format!("/{version}/{path}{query}");
                    let sent = server.get_as(token, &url).await;
                    assert_eq!(sent.status, 200, "{url}");
                    let sent = sent.json();
                    assert_eq!(conforms(&document, schema, &sent, &url), Ok(()));
                    compared += 1;
                    if path != "method" {
                        continue;
                    }
                    // What is none of them does not conform: another tag, one more member, one fewer.
                    for change in ["tag", "more", "fewer"] {
                        let mut wrong = sent.clone();
                        match change {
                            "tag" => wrong["method"] = json!("cheque"),
                            "more" => wrong["pin"] = json!("1234"),
                            _ => {
                                drop(wrong.as_object_mut().map(|members| members.remove("method")))
                            }
                        }
                        assert!(conforms(&document, schema, &wrong, &url).is_err(), "{wrong}");
                    }
                }
            }
        }
    }
    assert_eq!(compared, 2 * 2 * 7);
}
