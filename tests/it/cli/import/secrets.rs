//! Secrets in answers: each is a question of its own, at the view.

use super::*;

fn accounts(schema: &Value, answers: Option<&Value>) -> String {
    let paths = json!({ "/accounts": { "get": {
        "operationId": "getAccount",
        "tags": ["accounts"],
        "security": [],
        "responses": answer(schema),
    } } });
    written(&document(&paths, &json!({})), answers)["src/accounts.rs"].clone()
}

#[test]
fn a_secret_in_an_answer_stands_in_the_view_as_one() {
    let secret = json!({ "type": "string", "format": "password" });
    let account = json!({ "type": "object", "required": ["phrase", "codes"], "properties": {
        "phrase": secret,
        "pin": secret,
        "codes": { "type": "array", "maxItems": 9, "items": secret },
        "hidden": { "type": "string", "writeOnly": true },
    } });
    let asked = accounts(&account, None);
    for wanted in [
        // A `Secret` that is listed is SA647, at its name in the view.
        "fields(phrase, #[optional] pin, #[max_items(9)] codes))]",
        "pub(crate) phrase: Secret<String>,",
        "pub(crate) pin: Option<Secret<String>>,",
        "pub(crate) codes: Vec<Secret<String>>,",
    ] {
        assert!(asked.contains(wanted), "{wanted}\n{asked}");
    }
    assert!(!asked.contains("hidden"), "{asked}");
    let answers = json!({ "allow": {
        "GetAccountAnswer.phrase": "shown_secret: it is the name of a colour",
        "GetAccountAnswer.pin": "plain_secret: it is told once",
        // A rule of inputs lets nothing leave.
        "GetAccountAnswer.codes": "read_only: callers set it",
    } });
    let answered = accounts(&account, Some(&answers));
    for wanted in [
        "// the document calls it a secret, and it leaves: it is the name of a colour.",
        "pub(crate) phrase: String,",
        "#[allow(plain_secret, reason = \"it is told once\")] #[optional] pin",
        "pub(crate) pin: Option<String>,",
        "pub(crate) codes: Vec<Secret<String>>,",
    ] {
        assert!(answered.contains(wanted), "{wanted}\n{answered}");
    }
    assert!(accounts(&secret, None).contains("-> Scalar<Secret<String>> {"));
}
