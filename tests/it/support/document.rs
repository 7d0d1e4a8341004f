//! The OpenAPI document of a test's own API, and what is looked up in it.

use secure_api::{docs::openapi_json, inventory::ApiModel};
use serde_json::Value;

/// Returns the document of an API's version `v1`.
pub(crate) fn document(api: &ApiModel) -> Value {
    document_in(api, "v1")
}

/// Returns the document of an API in a version.
pub(crate) fn document_in(api: &ApiModel, version: &str) -> Value {
    let text = openapi_json(api, version).expect("a version of the API");
    serde_json::from_str(&text).expect("it is JSON")
}

/// Returns a parameter of the GET at a path, by its name.
pub(crate) fn parameter(document: &Value, path: &str, name: &str) -> Value {
    let all = document["paths"][path]["get"]["parameters"].as_array();
    let found = all.and_then(|all| all.iter().find(|one| one["name"] == name));
    found.unwrap_or_else(|| panic!("{name} of {path} is not there")).clone()
}
