//! The OpenAPI document of each version, as 3.1 and where it has a QUERY as 3.2 too, and, with the feature `docs-ui`, a page that shows them. Both are made from
//! the model of the inventory, and nothing here reads a declaration.

use bytes::Bytes;
use http::HeaderValue;
use serde_json::Value;
use utoipa::openapi::OpenApi;

use crate::{
    inventory::{ApiModel, ContentModel, Operation, VersionModel},
    verb::Verb,
};

mod access_tokens;
mod answer;
mod body;
mod credentials;
mod example;
mod extension;
mod header;
mod openapi;
mod operation;
#[cfg(feature = "docs-ui")]
mod page;
mod parameter;
mod problem;
mod refusal;
mod resource;
mod retry;
mod schema;
mod settings;
mod wording;

#[cfg(feature = "testing")]
pub(crate) use example::Examples;
pub(crate) use openapi::with_query;
pub(crate) use resource::{ResourceMetadata, resource};
pub use settings::Docs;

#[cfg(test)]
mod tests;

/// Something that is served as it is, to everybody who may have it.
#[derive(Debug, Clone)]
pub struct Document {
    /// The path, as the router matches it.
    pub path: String,
    /// Its media type.
    pub content_type: HeaderValue,
    /// The content security policy; without one, the browser may do nothing but show it.
    pub content_security_policy: Option<HeaderValue>,
    /// The time for which it may be kept; without one, nobody keeps it.
    pub cache_control: Option<HeaderValue>,
    /// Its content.
    pub body: Bytes,
}

/// Returns all that an app with these settings serves: `/openapi/v1.json` for each version that is served; where that has a
/// QUERY, `/openapi/3.2/v1.json` beside it; and with the feature `docs-ui` the page at `/docs`. A model without settings is no
/// app, and serves nothing.
pub fn documents(api: &ApiModel) -> Vec<Document> {
    let served = served(api);
    if served.is_empty() {
        return Vec::new();
    }
    let document = |path, body: Value| Document {
        path,
        content_type: HeaderValue::from_static("application/json"),
        content_security_policy: None,
        cache_control: None,
        body: body.to_string().into(),
    };
    let documents = served.iter().flat_map(|version| {
        let first = value(api, &version.segment).map(|value| document(place(version), value));
        let second = value_3_2(api, &version.segment);
        first.into_iter().chain(second.map(|value| document(place_3_2(version), value)))
    });
    #[allow(unused_mut, reason = "the page is a feature")]
    let mut documents: Vec<Document> = documents.collect();
    #[cfg(feature = "docs-ui")]
    documents.extend(page::documents(api, &served));
    documents
}

/// Returns the versions whose documents an app with these settings serves.
fn served(api: &ApiModel) -> Vec<&VersionModel> {
    let shows = api.settings.as_ref().is_some_and(|settings| settings.docs.served);
    if shows { api.served_versions().collect() } else { Vec::new() }
}

/// Returns the path of a version's document.
fn place(version: &VersionModel) -> String {
    format!("/openapi/{}.json", version.segment)
}

/// Returns the path of the same as OpenAPI 3.2, which is there where the version has a QUERY or events.
fn place_3_2(version: &VersionModel) -> String {
    format!("/openapi/3.2/{}.json", version.segment)
}

/// Returns `true` if a version has a QUERY, for which OpenAPI has a member from 3.2 on.
fn has_query(api: &ApiModel, segment: &str) -> bool {
    api.operations_in(segment).any(|operation| operation.verb == Verb::Query)
}

/// Returns `true` if a version has a QUERY or events, for which OpenAPI has members from 3.2 on.
fn needs_3_2(api: &ApiModel, segment: &str) -> bool {
    let has_events = |operation: &Operation| operation.answer.content == ContentModel::Events;
    has_query(api, segment) || api.operations_in(segment).any(has_events)
}

/// Returns the paths of the documents that an app serves, its page and its metadata, without what the page loads.
pub(crate) fn places(api: &ApiModel) -> Vec<String> {
    let of_version = |version: &VersionModel| {
        let further = needs_3_2(api, &version.segment).then(|| place_3_2(version));
        std::iter::once(place(version)).chain(further)
    };
    let mut places: Vec<String> = served(api).into_iter().flat_map(of_version).collect();
    if cfg!(feature = "docs-ui") && !places.is_empty() {
        places.push("/docs".to_owned());
    }
    places.extend(resource(api).map(|metadata| metadata.document.path));
    places
}

/// Returns the OpenAPI document of the version at this place of the API's table, if there is one.
pub fn openapi(api: &ApiModel, version: usize) -> Option<OpenApi> {
    openapi::document(api, version)
}

/// Returns the same as JSON to be read and kept: for `v1`, as the path has it. It is the same text each time.
pub fn openapi_json(api: &ApiModel, segment: &str) -> Option<String> {
    Some(format!("{:#}", value(api, segment)?))
}

/// Returns the same as OpenAPI 3.2, which has members for QUERY and for events, where the version has one of these: in 3.1 the first
/// is the extension `x-query`, which few tools read.
pub fn openapi_json_3_2(api: &ApiModel, segment: &str) -> Option<String> {
    Some(format!("{:#}", value_3_2(api, segment)?))
}

/// Returns the document of a version as OpenAPI 3.1.
pub(crate) fn value(api: &ApiModel, segment: &str) -> Option<Value> {
    let document = openapi(api, api.place(segment)?)?;
    // A document is made of maps with text keys, lists and finite numbers, which all can be JSON.
    let mut value = serde_json::to_value(document).unwrap_or_default();
    openapi::of_3_1(&mut value);
    let mut value = openapi::in_order(value);
    credentials::named(&mut value);
    Some(value)
}

/// Returns the same as OpenAPI 3.2, where the version has a QUERY or events.
pub(crate) fn value_3_2(api: &ApiModel, segment: &str) -> Option<Value> {
    if !needs_3_2(api, segment) {
        return None;
    }
    let mut value = value(api, segment)?;
    openapi::of_3_2(&mut value);
    Some(value)
}
