//! Documents and lists, which tell of the order of operations.

use super::*;

/// Returns the document of the till's second version.
pub(super) fn document() -> Value {
    let text = openapi_json(&Till::API.model(), "v2").expect("v2 is a version");
    serde_json::from_str(&text).expect("it is JSON")
}

/// Returns the types of an answer's problems, as the document has them.
pub(super) fn problems(document: &Value, operation: &Value, status: &str) -> Vec<String> {
    let reference = operation["responses"][status]["$ref"].as_str().expect("a reference");
    let response = document.pointer(&reference[1..]).expect("a response");
    let examples = response["content"]["application/problem+json"]["examples"].as_object();
    let mut types: Vec<_> = examples.expect("examples").keys().cloned().collect();
    types.sort();
    types
}

// R118: what is enforced is documented.
#[test]
fn the_document_says_what_comes_before() {
    let document = document();
    let operation = &document["paths"]["/v2/orders/{order}/confirmation"]["post"];
    assert_eq!(
        operation["x-after"],
        json!({ "operation": "pay", "withinSeconds": 60.0, "atLeastSeconds": 5.0 })
    );
    let said = operation["description"].as_str().expect("a description");
    assert!(said.contains("Comes after `pay`") && said.contains("at least 5 seconds"), "{said}");
    assert!(problems(&document, operation, "409").contains(&"out-of-order".to_owned()));
    let before = &document["paths"]["/v2/orders/{order}/checkout"]["post"];
    assert!(before["x-after"].is_null() && before["responses"]["409"].is_null());
}

// R116 R118: generators of clients read which operations they may ask again by themselves.
#[test]
fn the_document_says_what_may_be_asked_again() {
    let document = document();
    let retried = |of: &Value| -> (Value, Value) {
        let retries = &of["x-speakeasy-retries"];
        (retries["statusCodes"].clone(), retries["retryConnectionErrors"].clone())
    };
    assert_eq!(retried(&document), (json!(["429", "503"]), json!(true)));
    assert_eq!(
        document["x-fern-idempotency-headers"],
        json!([{ "header": "Idempotency-Key", "name": "idempotency_key" }])
    );
    let mut alone = 0;
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (verb, operation) in item.as_object().expect("a path item") {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let keyed = parameters.clone().any(|one| one["name"] == "Idempotency-Key");
            let again = keyed || ["get", "put", "delete"].contains(&&**verb);
            assert_eq!(operation["x-fern-idempotent"] == json!(true), keyed, "{verb} {path}");
            assert_eq!(operation["x-fern-retries"]["disabled"] == json!(true), !again, "{path}");
            if !again {
                assert_eq!(retried(operation), (json!(["429"]), json!(false)), "{verb} {path}");
                alone += 1;
            }
        }
    }
    assert!(alone > 0, "every operation may be asked again");
}

// R118
#[test]
fn the_inventory_says_what_comes_before() {
    let operations = Till::API.model().operations;
    let entry = |name: &str| {
        let found = operations.iter().find(|one| one.name == name);
        found.unwrap_or_else(|| panic!("no {name}"))
    };
    let before = entry("confirm").after.as_ref().expect("a step before");
    assert_eq!((&*before.operation, before.at_least_seconds), ("pay", 5.0));
    assert!(entry("checkout").after.is_none() && entry("place").idempotency_key);
    let text = inventory::routes(&Till::API.model());
    assert!(text.contains("after pay within 60s, not before 5s"), "{text}");
    assert!(text.contains("after checkout within 60s, idempotency key"), "{text}");
}
