//! Headers and cookies as documents have them, and as `verify` attacks them.

use secure_api::testing::Check;
use serde_json::{Value as Json_, json};

use super::*;
use crate::support::document::document;

fn parameters(path: &str) -> Vec<Json_> {
    let document = document(&Visits::API.model());
    let all = document["paths"][path]["get"]["parameters"].as_array().expect("parameters").clone();
    all.into_iter()
        .filter(|one| {
            one["name"] != "fields" && !one["name"].as_str().expect("a name").starts_with("If-")
        })
        .collect()
}

// R84 in part
#[test]
fn documents_have_the_headers_and_the_cookies() {
    let [source, count, marks, status, signature] = &parameters("/v1/visits")[..] else {
        panic!("five headers")
    };
    assert_eq!((&source["name"], &source["in"]), (&json!("X-Source"), &json!("header")));
    assert_eq!(source["description"], "The page that led here.");
    assert_eq!((&count["name"], &count["required"]), (&json!("visit-count"), &json!(true)));
    assert_eq!(count["schema"]["maximum"], 9);
    assert_eq!((&marks["required"], &marks["style"]), (&json!(false), &json!("simple")));
    assert_eq!((&marks["explode"], &marks["schema"]["maxItems"]), (&json!(false), &json!(3)));
    assert_eq!(status["schema"]["enum"], json!(["in-transit", "DONE"]));
    assert_eq!(signature["schema"]["maxLength"], 20);
    let schema = jsonschema::validator_for(&source["schema"]).expect("a schema");
    for (text, admitted) in
        [("ab", true), ("a b", true), ("a\tb", false), ("\u{e4}b", false), (" ab", false)]
    {
        assert_eq!(schema.is_valid(&json!(text)), admitted, "{text:?} by {}", source["schema"]);
    }
    let [theme, width] = &parameters("/v1/looks")[..] else { panic!("two cookies") };
    assert_eq!((&theme["name"], &theme["in"]), (&json!("theme"), &json!("cookie")));
    assert_eq!((&width["name"], &width["required"]), (&json!("__Host-width"), &json!(false)));
    let schema = jsonschema::validator_for(&theme["schema"]).expect("a schema");
    for (text, admitted) in
        [("dark", true), ("a b", false), ("a,b", false), ("\"a\"", false), ("a;b", false)]
    {
        assert_eq!(schema.is_valid(&json!(text)), admitted, "{text:?} by {}", theme["schema"]);
    }
}

#[tokio::test]
async fn verify_crosses_headers_and_cookies() {
    let app = Visits::app().tokens(testing::issuer()).clock(testing::at("2026-11-30"));
    let app = app.secret(SecretBytes::random());
    let verified = testing::verify(app).await;
    assert!(verified.kept(Check::Head) == 5, "{verified}");
    assert!(verified.kept(Check::Csrf) == 2, "{verified}");
}
