//! The OpenAPI 3.1 document of each version and, with the feature `docs-ui`, a page that shows them. Both are made from
//! the model of the inventory, and nothing here reads a declaration.

use bytes::Bytes;
use http::HeaderValue;
use utoipa::openapi::OpenApi;

use crate::{
    inventory::{ApiModel, DocsSettings, SignInUrls, VersionModel},
    role::{NotRoles, RoleSet, Roles},
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
mod wording;

#[cfg(feature = "testing")]
pub(crate) use example::Examples;
pub(crate) use resource::{ResourceMetadata, resource};

#[cfg(test)]
mod tests;

/// The serving of documents and of the documentation page.
///
/// They tell a stranger every path, role and limit of an API, so a release build serves none unless it is told to
/// (ASVS 13.4.5).
///
/// ```
/// use secure_api::docs::Docs;
/// let docs = Docs::open("the API is public, and its customers read the page");
/// assert!(docs.served());
/// assert_eq!(docs.reason(), Some("the API is public, and its customers read the page"));
/// assert!(!Docs::off().served());
/// ```
#[derive(Debug, Clone)]
pub struct Docs {
    settings: DocsSettings,
    readers: Option<RoleSet>,
}

impl Docs {
    /// Serves them in a debug build, and not in a release build. The default.
    pub fn while_developing() -> Self {
        Self::to_all(cfg!(debug_assertions), None)
    }

    /// Serves them always and to everybody, for this reason, which the inventory lists.
    pub fn open(reason: impl Into<String>) -> Self {
        Self::to_all(true, Some(reason.into()))
    }

    /// Serves none.
    pub fn off() -> Self {
        Self::to_all(false, None)
    }

    /// Serves them in each build to callers who have this role, or one that includes it, and to nobody else: by the credentials that
    /// operations admit unless they state others. A browser brings those of a [session](crate::session); whoever has a token fetches
    /// the document with it.
    ///
    /// ```
    /// # use secure_api::prelude::*;
    /// # #[derive(Role)]
    /// # enum Role { Customer, Staff }
    /// let docs = Docs::for_role(Role::Staff);
    /// assert!(docs.served());
    /// assert_eq!(docs.settings().role.as_deref(), Some("staff"));
    /// ```
    pub fn for_role<R: Roles>(role: R) -> Self {
        let readers = role.holders();
        let role = readers.least().next().map(str::to_owned);
        let settings = DocsSettings { served: true, reason: None, role, issuer: None };
        Self { settings, readers: Some(readers) }
    }

    fn to_all(served: bool, reason: Option<String>) -> Self {
        Self { settings: DocsSettings { served, reason, role: None, issuer: None }, readers: None }
    }

    /// Adds the addresses at which a client logs in, and gets and refreshes tokens, for the document to tell: a scheme of the
    /// type `oauth2`. Without them the document names what the app knows: the discovery document of each
    /// [discovered](crate::token::Issuer::discover) issuer, the operations that sign the app's own users in, and the names of
    /// other issuers. The page signs readers in there, or at a discovered issuer.
    #[must_use]
    pub fn issuer(
        mut self,
        authorization_url: impl Into<String>,
        token_url: impl Into<String>,
    ) -> Self {
        let (authorization, token) = (authorization_url.into(), token_url.into());
        self.settings.issuer = Some(SignInUrls { authorization, token });
        self
    }

    /// Returns whether they are served.
    pub fn served(&self) -> bool {
        self.settings.served
    }

    /// Returns the reason for always serving them, if they are.
    pub fn reason(&self) -> Option<&str> {
        self.settings.reason.as_deref()
    }

    /// Returns the same as plain data.
    pub fn settings(&self) -> &DocsSettings {
        &self.settings
    }

    /// Returns the roles whose holders may read them, where not everybody may.
    pub(crate) fn readers(&self) -> Option<RoleSet> {
        self.readers
    }
}

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
    let Some(settings) = api.settings.as_ref().filter(|settings| settings.docs.served) else {
        return Vec::new();
    };
    let served =
        |version: &&VersionModel| !version.preview || settings.previews.contains(&version.segment);
    api.versions.iter().filter(served).collect()
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
