//! The OpenAPI 3.1 document of each version and, with the feature `docs-ui`, a page that shows them. Both are made from
//! the model of the inventory, and nothing here reads a declaration.

use bytes::Bytes;
use http::HeaderValue;
use utoipa::openapi::OpenApi;

use crate::inventory::{ApiModel, VersionModel};

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

/// Returns all that an app with these settings serves: `/openapi/v1.json` for each version that is served, and with the
/// feature `docs-ui` the page at `/docs`. A model without settings is no app, and serves nothing.
pub fn documents(api: &ApiModel) -> Vec<Document> {
    let served = served(api);
    if served.is_empty() {
        return Vec::new();
    }
    let documents = served.iter().filter_map(|version| {
        Some(Document {
            path: place(version),
            content_type: HeaderValue::from_static("application/json"),
            content_security_policy: None,
            cache_control: None,
            body: text(&openapi(api, api.place(&version.segment)?)?, false).into(),
        })
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

/// Returns the paths of the documents that an app serves, its page and its metadata, without what the page loads.
pub(crate) fn places(api: &ApiModel) -> Vec<String> {
    let mut places: Vec<String> = served(api).into_iter().map(place).collect();
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
    Some(text(&openapi(api, api.place(segment)?)?, true))
}

fn text(document: &OpenApi, pretty: bool) -> String {
    // A document is made of maps with text keys, lists and finite numbers, which all can be JSON.
    let mut value = openapi::in_order(serde_json::to_value(document).unwrap_or_default());
    credentials::named(&mut value);
    if pretty { format!("{value:#}") } else { value.to_string() }
}
