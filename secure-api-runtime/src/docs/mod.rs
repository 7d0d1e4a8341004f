//! What an API says of itself: an OpenAPI 3.1 document for each version and, with the feature `docs-ui`, a page
//! that shows them. Both are made from the routes that the pipeline enforces; there is no second list.

use bytes::Bytes;
use http::HeaderValue;
use utoipa::openapi::OpenApi;

use crate::{
    route::Api,
    version::{Previews, VersionInfo},
};

mod openapi;
mod operation;
#[cfg(feature = "docs-ui")]
mod page;
mod refusal;
mod schema;

#[cfg(test)]
mod tests;

/// Whether documents and the documentation page are served.
///
/// They tell a stranger every path, role and limit of an API, so a release build serves none unless it is told to
/// (ASVS 13.4.5).
///
/// ```
/// # use secure_api_runtime::docs::Docs;
/// let docs = Docs::open("the API is public, and its customers read the page");
/// assert!(docs.served());
/// assert_eq!(docs.reason(), Some("the API is public, and its customers read the page"));
/// assert!(!Docs::off().served());
/// ```
#[derive(Debug, Clone)]
pub struct Docs {
    served: bool,
    reason: Option<&'static str>,
    issuer: Option<(String, String)>,
}

impl Docs {
    /// Served by a debug build, and not by a release build. The default.
    pub fn while_developing() -> Self {
        Self { served: cfg!(debug_assertions), reason: None, issuer: None }
    }

    /// Always served to everybody, for this reason.
    pub fn open(reason: &'static str) -> Self {
        Self { served: true, reason: Some(reason), issuer: None }
    }

    /// Never served.
    pub fn off() -> Self {
        Self { served: false, reason: None, issuer: None }
    }

    /// Where a client is sent to log in, and where it gets and refreshes tokens, for the document to say. Without
    /// them it names a host that cannot exist (RFC 2606): which issuers are trusted is the server's to know.
    #[must_use]
    pub fn issuer(
        mut self,
        authorization_url: impl Into<String>,
        token_url: impl Into<String>,
    ) -> Self {
        self.issuer = Some((authorization_url.into(), token_url.into()));
        self
    }

    /// Whether they are served.
    pub fn served(&self) -> bool {
        self.served
    }

    /// Why they are always served, where they are.
    pub fn reason(&self) -> Option<&'static str> {
        self.reason
    }

    fn issuer_urls(&self) -> (&str, &str) {
        match &self.issuer {
            Some((authorization, token)) => (authorization, token),
            None => ("https://issuer.invalid/authorize", "https://issuer.invalid/token"),
        }
    }
}

/// Something that is served as it is, to everybody.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where it is, as the router matches it.
    pub path: String,
    /// Its media type.
    pub content_type: HeaderValue,
    /// What a browser may do with it; nothing but show it, where this is left out.
    pub content_security_policy: Option<HeaderValue>,
    /// Its content.
    pub body: Bytes,
}

/// All that is served: `/openapi/v1.json` for each version that is, and with the feature `docs-ui` the page at
/// `/docs`.
pub fn documents(api: &Api, docs: &Docs, previews: &Previews) -> Vec<Document> {
    if !docs.served {
        return Vec::new();
    }
    let served = |(index, version): &(usize, &VersionInfo)| previews.serve(*index, version);
    let versions = api.versions.versions.iter().enumerate().filter(served);
    let documents = versions.filter_map(|(index, version)| {
        Some(Document {
            path: format!("/openapi/{}.json", version.segment),
            content_type: HeaderValue::from_static("application/json"),
            content_security_policy: None,
            body: text(&openapi::document(api, index, docs)?, false).into(),
        })
    });
    #[allow(unused_mut, reason = "the page is a feature")]
    let mut documents: Vec<Document> = documents.collect();
    #[cfg(feature = "docs-ui")]
    documents.extend(page::documents(api, previews));
    documents
}

/// The OpenAPI document of the version at this place of the API's table, if there is one.
pub fn openapi(api: &Api, version: usize) -> Option<OpenApi> {
    openapi::document(api, version, &Docs::off())
}

/// The same as JSON to be read and kept: for `v1`, as the path has it. It is the same text each time.
pub fn openapi_json(api: &Api, segment: &str) -> Option<String> {
    let version = api.versions.versions.iter().position(|version| version.segment == segment)?;
    Some(text(&openapi(api, version)?, true))
}

fn text(document: &OpenApi, pretty: bool) -> String {
    // A document is made of maps with text keys, lists and finite numbers, which all can be JSON.
    let value = openapi::in_order(serde_json::to_value(document).unwrap_or_default());
    if pretty { format!("{value:#}") } else { value.to_string() }
}
